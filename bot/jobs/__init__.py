"""From an accepted request to its one end. `docs/architecture.md` tells the way module by module.

1. `service` checks the limits and commits a request with its draws: from here on it is never lost.
2. A driver (`local`, or `distributed`) admits draws in the database's order, and begins them.
3. `drawing` speaks with the back-end; `lifecycle.progress` shows how it goes, and never after the end.
4. The draw that ends last drives its request on: `lifecycle.steps` says what is next, `lifecycle.driver` does it.
5. `lifecycle.delivery` shows pictures, `lifecycle.outcomes` every other end; one transaction then stores it.
6. After a crash the same drivers go on where the rows stand; every write is fenced by its attempt.
"""
