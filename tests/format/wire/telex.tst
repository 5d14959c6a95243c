ZCZC AAP
%A
#Ferry_BC1
$Ferry runs again in Hobart
:(HOBART)
&AAPIS\leea
*07000000
@TAS
The ferry in Hobart runs again after a winter of repairs.

   Its owner says that nobody was hurt.

AAP RTV
NNNN
zczc
AN#26945219
PD#06 June 2016 14:00:00
SO#ASX
BY#
TI#Grain line sells its ships
AB#All of them.
TX#
The grain line has sold its ships, it told the exchange on Monday.
NNNN
ZCZC FMG000
YY TDR
RACING : Harbour Park FIELDS Thursday
 1 _    2  Grey Lady  (1)    A Lee (a)            58
 2 _    2  Old Boat  (12)   B Ek               58
 3 _    3  Third Man  (2)      J March             57
NNNN
