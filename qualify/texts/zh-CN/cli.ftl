# 命令行
cli-migrated = 数据库已是最新。
cli-people-imported = 已导入 { $count } 人。
cli-exams-imported = 已导入 { $count } 个成绩。
cli-assessment-opened = 已开启评估 { $id }。
cli-assessment-dates = { $state } · 申请日期 { $applied } · 截止 { $due }
cli-invite-link = 链接：https://t.me/<机器人用户名>?start={ $token }（用 --bot 或 BOT_USERNAME 给出用户名）
cli-standards-fine = 标准检查通过。
cli-chart-drawn = 已画好：{ $file }
cli-chart-nobody = 未署名
cli-chart-targets = 请写成：chart 评估编号 图片.png（用 --answers 可画答案文件，--standard、--level、--name 只和它一起用）。
cli-chart-answers = 用 --answers 时请写成：chart --answers 答案.json --standard 标准 --level 级别 图片.png
cli-points = {" "}{ $points } 分
cli-key = {" "}（关键条件）
cli-heading-id = 编号
cli-heading-due = 截止
cli-heading-subject = 被评人
cli-heading-standard = 标准
cli-heading-level = 级别
cli-heading-reviews = 已交评审
cli-heading-staff-no = 工号
cli-heading-name = 姓名
cli-heading-department = 部门
cli-heading-roles = 角色
cli-heading-telegram = Telegram
cli-heading-assessor = 评审员
cli-heading-weight = 权重
cli-heading-state = 状态
cli-role-employee = 员工
cli-role-assessor = 评审员
cli-role-admin = 管理员
cli-person-joined = 已加入
cli-person-away = 未加入
cli-person-left = 已停用
cli-state-open = 进行中
cli-state-submitted = 已提交
cli-state-completed = 已完成

# 不能照办的
error-database-unmigrated = 数据库 { $given } 还没有建表，或与这个版本不符。请先运行：python -m qualify migrate
error-standards-broken = 标准有 { $count } 处需要修改。
error-bot-username = “{ $given }”不是机器人用户名，应像 your_bot 这样（字母、数字、下划线）。
error-file-unreadable = { $file } 打不开：{ $reason ->
    [missing] 没有这个文件
    [directory] 这是一个目录
    [forbidden] 没有读取权限
   *[other] { $detail }
}。
error-file-unwritable = { $file } 写不进去：{ $reason ->
    [missing] 没有这个目录
    [directory] 这是一个目录
    [forbidden] 没有写入权限
   *[other] { $detail }
}。
error-file-encoding = { $file } 不是 UTF-8 文本。请另存为 UTF-8 编码。
error-json = { $file } 第 { $line } 行第 { $column } 列不是有效的 JSON（{ $reason }）。请检查这里和前面的引号、逗号、括号。
error-json-twice = “{ $name }”在同一处写了两次，请只留一个。
error-json-extreme = { $file } 嵌套太深，或有大得无法计算的数字。这是答案文件吗？
