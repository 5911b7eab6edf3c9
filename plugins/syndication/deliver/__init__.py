"""From the queue to the public: `relay` sends what is due, and only what is live.

`live` looks at the page, `sending` makes one attempt, `settling` clears up what a dead sender left,
`retry` decides what follows from a failure, `published` reads the register that the site shows.
"""
