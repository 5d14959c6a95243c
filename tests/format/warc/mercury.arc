filedesc://mercury.arc 127.0.0.1 20140216050221 text/plain 69
1 0 Invented
URL IP-address Archive-date Content-type Archive-length

https://mercury.example/2014/harbour-lamp 192.0.2.7 20140216050221 text/html 737
HTTP/1.1 200 OK
Content-Type: text/html
Date: Mon, 02 Jan 2023 10:00:00 GMT

<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>The old harbour lamp is lit once more | Larkmouth Mercury</title><meta property="article:published_time" content="2014-02-09"></head><body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>The old harbour lamp is lit once more</h1><p>Keepers lit the old lamp at the end of the mole on Sunday evening, for the first time since it was taken down for repair in the winter of storms.</p><p>It can be seen for nine miles, the harbour master said, and for twelve on a clear night if nobody has drawn the curtains.</p></article><footer>About this site</footer></body></html>

https://mercury.example/2014/nothing 192.0.2.7 20140216050222 text/html -1

https://mercury.example/2014/gone 192.0.2.7 20140216050223 text/html 97
HTTP/1.1 404 Not Found
Content-Type: text/html
Date: Mon, 02 Jan 2023 10:00:00 GMT

Not here.
