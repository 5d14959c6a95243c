W2870asian
f l BC-OSL--Harbour Ferry     11-13 0120
^BC-OSL--Harbour Ferry, 1st Ld-Writethru,120<
^For old sailors, the ferry is home <
^AP Photo XNP101.<
^Eds: With AP Photos.<
^By ANN LEE and BO EK=
^Associated Press=
	   OSLO, Norway (AP) _ The ferry will run again from Monday, its owner said after a winter of repairs.
 
	   ``It floats,'' said Jo March, who has sailed on it for years.

	   AP-WF-11-13-13 1509GMT<


W2871asian
u i BC-WEA--Weather     11-13 0030
^BC-WEA--Weather,<
	   Oslo;42;50;rn;0.08<
	   Bergen;60;69;rn;0.00<
	   Tromso;30;62;clr;0.01<
	   AP-WF-11-13-13 0713GMT<
W2872asian
b a BC-OSL--Ferry KILL     11-13 0030
^BC-OSL--Ferry, KILL,30<
^KILL the story on the ferry slugged BC-OSL--Harbour Ferry<
	   OSLO, Norway (AP) _ Editors: The ferry does not run. Kill the story that was sent at noon.
	   AP-WF-11-13-13 1800GMT<
W2873asian
b v BC-Budget     11-13 0030
^BC-Budget<
	   What is to come today.
