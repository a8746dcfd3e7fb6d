"""The way of one picture, between the handlers and Telegram.

1. `service.ask` checks the limits and commits one request with its draws: from here on it is never lost.
2. `placeholder` shows the card that the person will watch, while `dispatch` is already being woken.
3. `dispatch` admits waiting draws, fair by user and within all limits, and gives each a `runner`.
4. `runner` lets `drawing` speak with the back-end: events -> `progress`, the ticket and the pictures -> storage.
5. `progress` makes one card of all draws' events, every few seconds, and never after the end.
6. The draw that ends last makes the request `drawn`; its bytes are stored, nothing is shown yet.
7. `delivery` claims it, fits the bytes to Telegram's rules (or makes a sheet), and edits the placeholder into it.
8. One transaction then says `delivered`, keeps the file id and thumbnails, and drops the bytes.
9. `endings` are the other ways out: a failure that is told, a cancellation that is shown, a chat that is gone.
10. After a crash `recovery` reads where each request stood and goes on there; every write is fenced by its attempt.
"""
