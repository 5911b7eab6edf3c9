"""Communication runs both ways: what people say comes back, and the office answers.

`listening` reads responses and figures into the ledger, `replying` answers, `accounting` says what
a month brought. Nothing here is ever needed to send a post.
"""
