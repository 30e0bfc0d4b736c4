# 设置：哪个变量不对，怎样才对
settings-missing = 请设置环境变量 { $name }（也可以写在 .env 文件里）。
settings-file = { $file } 不是 UTF-8 文本。请另存为 UTF-8 编码。
settings-webhook-secret = WEBHOOK_SECRET 应是 1 到 256 个字母、数字、下划线或连字符。
settings-listen = WEBHOOK_LISTEN 应是本机地址，如 127.0.0.1，收到的是“{ $given }”。
settings-port = { $name } 应是 1 到 65535 的端口号，收到的是“{ $given }”。
settings-bot-token = BOT_TOKEN 不像 @BotFather 给的令牌，应是“数字:字母数字”的样子。
settings-token-refused = Telegram 不认这个 BOT_TOKEN。请向 @BotFather 核对。
settings-webhook-url = WEBHOOK_URL 应以 https:// 开头，收到的是“{ $given }”。
settings-url = { $name } 应是 http:// 或 https:// 开头的地址，收到的是“{ $given }”。
settings-timezone = TIMEZONE 应是 Asia/Shanghai 这样的时区名，收到的是“{ $given }”。
settings-directory = { $name } 应是一个存在的目录，收到的是“{ $given }”。
settings-log-level = LOG_LEVEL 应是 DEBUG、INFO、WARNING、ERROR 或 CRITICAL，收到的是“{ $given }”。
settings-made-up = 这个数据库里是沙盒的示例公司。请用 DATABASE_URL 指定另一个数据库再连接 Telegram。
settings-not-made-up = DATABASE_URL 指向的数据库不是空的，里面也不是沙盒的示例公司。沙盒里谁都能以任何人的身份操作，只能用空的数据库或它自己的。例如：DATABASE_URL=sqlite:///qualify.sqlite3 make run
settings-port-taken = 端口 { $port } 已被占用。请换一个，例如：PORT={ $other } make run
