"""What must not be lost: which article stands where on each channel, and every step that led there.

`store` opens it, `outbox` fills it from a build, `progress` moves it while posts are sent, `people`
records what persons decide, `queries` reads it, `events` chains every step. Importing this package
costs nothing; SQLAlchemy comes with the modules, Alembic only when a schema has to change.
"""
