# 标准文件的读取与检查:哪里不对,怎样才对。
error-standard-invalid = { $file } 有 { $count } 处需要修改，改好之后才能使用。
error-standard-unknown = 没有标准“{ $id }”。现有：{ $known }。
error-standard-version-unknown = 标准“{ $id }”没有第 { $version } 版。现有：{ $known }。
error-standard-no-such-level = 标准“{ $id }”没有级别“{ $level }”。现有：{ $known }。

# 文件本身
error-standard-unreadable = 文件打不开：{ $detail }。请检查路径和读取权限。
error-standard-encoding = 这里不是 UTF-8 文字。请用编辑器另存为“UTF-8”编码。
error-standard-too-large = 文件过大，最多 { $limit } 个字符。请检查是否选错了文件。
error-standard-empty = 文件是空的。可以从 standards/README.md 里的十行示例写起。
error-standard-character = 这里有一个看不见的控制字符（{ $code }），请删掉。
error-standard-none-here = 这里没有标准。请检查路径：标准要放在这个文件夹下的 <id>/v<version>.yaml。
error-standard-misplaced = 文件要放在与 id 和 version 一致的位置：{ $right }。
error-standard-second-document = 一个文件只写一个标准：请删掉单独成行的“---”，后面的内容另存一个文件。
error-standard-key = 冒号前面只能是一个简单的名字。
error-standard-key-twice = “{ $name }”在第 { $first } 行已经写过，同一处只能写一次，请删掉或改名。
error-standard-alias = 不能用“*{ $name }”引用别处的内容，请把内容直接写在这里。
error-standard-tag = 不能用“!”开头的标签；如果是文字，请加引号。
error-standard-too-deep = 嵌套太深，请对照格式说明检查缩进和括号。
error-standard-yaml = YAML 语法有误（{ $detail }）。请检查这一行和上一行的缩进、冒号与引号。
error-standard-yaml-character = 这里不能用这个字符开头：缩进请用空格，不用 Tab；文字以特殊符号（如 @、`、%）开头时请加引号。（{ $detail }）
error-standard-yaml-colon = 冒号用错了：名字后面写半角冒号加一个空格；文字里若有“: ”，请给整段文字加引号。（{ $detail }）
error-standard-yaml-indentation = 缩进没有对齐：同一层的各行要从同一列开始。（{ $detail }）
error-standard-yaml-quote = 到文件末尾还没有结束：请检查这里的引号或括号是否成对。（{ $detail }）
error-standard-yaml-bracket = 括号里的各项之间要用半角逗号隔开，最后要有右括号。（{ $detail }）

# 字段
error-standard-field-missing = { $where ->
    [top] 最外层
   *[other] “{ $where }”里
}缺少“{ $field }”，请补上。
error-standard-field-unknown = 这里没有“{ $field }”这个字段，可以写的是：{ $legal }。
error-standard-field-unknown-near = 这里没有“{ $field }”这个字段，是不是“{ $nearest }”？可以写的是：{ $legal }。
error-standard-language-missing = “{ $where }”缺少{ $field ->
    [zh] 中文（zh）
   *[en] 英文（en）
}，两种语言都要写。
error-standard-language-unknown = “{ $field }”不是语言，这里只写：{ $legal }。如果它是一句话的后半段，请给整句话加引号。
error-standard-not-text = “{ $field }”要写文字，现在是 { $given }。
error-standard-text-empty = “{ $field }”是空的，请写上文字。
error-standard-id = “{ $given }”不能作 id：只用小写字母、数字、点和连字符，以字母或数字开头，最长 48 个字符。
error-standard-not-number = “{ $field }”要写数字，现在是 { $given }。
error-standard-too-exact = “{ $field }”小数位太多：{ $given }。分值最多三位小数，占比最多四位。
error-standard-not-date = “{ $field }”要写日期，如 2027-01-01，现在是 { $given }。
error-standard-not-whole = “{ $field }”要写整数，现在是 { $given }。
error-standard-not-boolean = “{ $field }”只能写 true 或 false，现在是 { $given }。
error-standard-not-list = “{ $field }”要写列表（每项一行，以“- ”开头），现在是 { $given }；没有内容就把这个字段删掉。
error-standard-not-mapping = { $field ->
    [top] 文件
   *[other] “{ $field }”
}要写成若干“名字: 值”，现在是 { $given }。
error-standard-shape = “{ $field }”的写法不对（{ $detail }），现在是 { $given }。
error-standard-list-short = “{ $field }”至少要有 { $minimum } 项。
error-standard-out-of-range = “{ $field }”要 { $bound }，现在是 { $given }。
error-standard-not-one-of = “{ $field }”不能是 { $given }，可以写的是：{ $legal }。

# 规则:编号、级别、分值
error-standard-id-twice = { $kind ->
    [level] 级别
    [module] 模块
    [element] 要素
    [exam] 考试
    [deduction] 扣分项
    [grade] 级内等
    [reading] 阅读清单
    [case-kind] 案例类型
    [subject] 科目
   *[criterion] 条目
}的 id“{ $id }”用了两次，整个标准里只能用一次，请换一个。
error-standard-subjects-of-behaviour = 要素“{ $element }”是行为类，不写 subjects；如果它考试，请写 kind: exam。
error-standard-subjects-missing = 考试要素“{ $element }”至少要有一个科目（subjects）。
error-standard-criteria-of-exam = 考试要素“{ $element }”按科目评分，不写 levels。
error-standard-exam-bands-missing = 有考试要素（“{ $element }”）就要在 rating 里写 exam_bands：多少分评几。
error-standard-points-on-scale = 等级制（scale）的要素没有分值，请删掉“{ $element }”的 points。
error-standard-targets-in-points = 分值制以满分为标准，没有另外的标准分，请删掉“{ $element }”的 targets；要改高低，改 points。
error-standard-points-missing = 分值制的要素要写各级别的分值，请给“{ $element }”补上 points（不评的级别写 0）。
error-standard-points-step = “{ $element }”的 { $points } 分不是 { $step } 的整数倍，评分时给不出来。
error-standard-points-sum-low = 级别“{ $level }”各要素合计 { $total } 分，应为 100 分，还差 { $difference } 分。
error-standard-points-sum-high = 级别“{ $level }”各要素合计 { $total } 分，应为 100 分，多了 { $difference } 分。
error-standard-level-unknown = 没有级别“{ $level }”，可以写的是：{ $legal }。
error-standard-level-missing = “{ $field }”缺少级别“{ $level }”，每个级别都要写{ $field ->
    [weight] 。
   *[other] （没有就写 0）。
}
error-standard-inherits-upwards = 级别“{ $level }”不能继承“{ $source }”：只能继承更低的级别。
error-standard-inherited-alone = “inherited”说的是继承来的条目排在哪里，这里却没有继承：请写上 inherits，或删掉它。
error-standard-inherits-nothing = 要素“{ $element }”在级别“{ $source }”没有条目，没有可继承的内容。
error-standard-criteria-missing = 要素“{ $element }”在级别“{ $level }”要评，却没有条目：请写 criteria 或 inherits。
error-standard-criteria-without-points = 要素“{ $element }”在级别“{ $level }”是 0 分、不评，请删掉条目，或写上分值。
error-standard-line-missing = 条目“{ $id }”没有写 line，而本级别别的条目写了：要写就都写，不写就都不写。
error-standard-line-order = line 从 1 起逐个往上写，同一行的条目排在一起：这里是 { $given }，可以写的是：{ $legal }。
error-standard-deduction-on-scale = 等级制（scale）没有总分，扣分项“{ $id }”无处可扣，请删掉。
error-standard-key-conditions-missing = 有关键条件（key: true）就要写 key_conditions，说明未达到时怎么办（effect: not-granted）。
error-standard-key-criteria-missing = 写了 key_conditions，却没有一条标为 key: true：请标出，或删掉 key_conditions。
error-standard-held-not-lower = 级别“{ $level }”不能要求先有“{ $held }”：只能要求更低的级别。
error-standard-prepares-for-unknown = 没有考试、科目或考试要素叫“{ $id }”，可以写的是：{ $legal }。

# 规则:对照表
error-standard-label-order = 等级名称要从 0 起逐个写、不跳号：这里是 { $given }，应为 { $right }。
error-standard-rating-unlabelled = { $given } 不在 labels 里，可以写的是：{ $legal }。
error-standard-suggestion-above-target = 建议分最高到 target（{ $target }），这里是 { $rating }；更高的请写在 exceeding。
error-standard-row-above-all = 占比不会超过 1，“1 以上（above）”永远轮不到，请删掉 above。
error-standard-exceeding-low = 超标的分要高于 target（{ $target }），这里是 { $rating }。
error-standard-row-unreachable = 这一行永远轮不到：“{ $field }”要逐行变小，上一行是 { $before }，这里是 { $given }。
error-standard-row-last = 最后一行要从 0 开始（不写 above），现在“{ $field }”是 { $given }，更低的就没有着落了。
error-standard-rating-order = “rating”要逐行变小，上一行是 { $before }，这里是 { $given }。
error-standard-counted-unreachable = 这一等永远轮不到：“unmet”要逐行变大，上一行是 { $before }，这里是 { $given }。
error-standard-counted-last = 最后一等要什么都容得下（unmet: 1），人人才有着落；现在“unmet”是 { $given }。
error-standard-grades-on-scale = 等级制（scale）没有总分，不能划分级内等，请删掉 grades。

# 发布
error-standard-released-changed = { $id } 第 { $version } 版已经发布，只能改文字；编号、数字、顺序的改动请另写 v{ $next }.yaml。
error-standard-released-gone = { $id } 第 { $version } 版已经发布，但文件不见了，请恢复它：过去的结果还要用。
error-standard-in-both = { $id } 第 { $version } 版在这个文件里和在数据库里内容不同，不知道该用哪一个：请删掉或改正这个文件（已发布的那一份可以用 standards export 导出来看）。
error-standard-lock-line = 这一行看不懂，应为：<id> v<version> <64 位十六进制哈希>。
error-standard-draft = 可以使用；{ $id } 第 { $version } 版还是草稿。要发布，请在 released.lock 里加一行：{ $entry }
