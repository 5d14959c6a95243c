Source: Harbour Line, Inc. 
MEDIA RELEASE PR10001
Harbour Line to Buy Two Ferries for 
the Northern Islands

AUSTIN, Texas, Feb. 1, 2017 /PRNewswire-AsiaNet/ --

Harbour Line, Inc., a leader in ferries, today announced that it will buy two 
ships for the islands of the north.

The price was not told.
