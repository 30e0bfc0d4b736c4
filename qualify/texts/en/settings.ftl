# Settings: which variable is wrong, and what would be right
settings-missing = Set the environment variable { $name } (or write it into the file .env).
settings-file = { $file } is not UTF-8 text. Save it again with the encoding UTF-8.
settings-webhook-secret = WEBHOOK_SECRET must be 1 to 256 letters, digits, underscores or hyphens.
settings-listen = WEBHOOK_LISTEN must be an address of this machine such as 127.0.0.1, not “{ $given }”.
settings-port = { $name } must be a port from 1 to 65535, not “{ $given }”.
settings-bot-token = BOT_TOKEN doesn't look like a token from @BotFather: digits, a colon, letters and digits.
settings-token-refused = Telegram doesn't accept this BOT_TOKEN. Check it with @BotFather.
settings-webhook-url = WEBHOOK_URL must start with https://, not “{ $given }”.
settings-url = { $name } must be an address that starts with http:// or https://, not “{ $given }”.
settings-timezone = TIMEZONE must be a name like Asia/Shanghai, not “{ $given }”.
settings-directory = { $name } must be an existing directory, not “{ $given }”.
settings-log-level = LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL, not “{ $given }”.
settings-made-up = This database holds the sandbox's made-up company. Point DATABASE_URL to another one to connect to Telegram.
settings-not-made-up = The database of DATABASE_URL isn't empty, and it isn't the sandbox's made-up company. In the sandbox anybody acts as anybody: it takes an empty database or its own, for example: DATABASE_URL=sqlite:///qualify.sqlite3 make run
settings-port-taken = Port { $port } is taken. Use another one, for example: PORT={ $other } make run
