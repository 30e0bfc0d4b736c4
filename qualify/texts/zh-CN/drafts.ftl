# 标准：草稿与发布
error-draft-unknown = 没有 { $id } 第 { $version } 版的草稿，可能已经删掉了。
error-draft-released = { $id } 第 { $version } 版已经发布，不能再改、再删。
error-draft-changed = 这份草稿刚刚换过内容，请重新看过再发布。
error-draft-same = { $id } 第 { $version } 版和正在用的完全一样，没有什么要收的。要改内容，请在“标准”表里把版本写成 { $next }。
error-draft-version-taken = { $id } 第 { $version } 版已经在用，不能再改。请在“标准”表（第 3 行 B 列）把版本写成 { $next }，再发一次。
error-release-own = 您已提请发布，要由另一位管理员签发。

# 命令行
cli-standard-state = { $state ->
    [draft] {"  "}（草稿）
    [to_sign] {"  "}（待签发）
    [in_force] {"  "}（现行）
    [planned] {"  "}（已定日子采用）
   *[released] {""}
}
cli-standard-exported = 已写好 { $id } 第 { $version } 版：{ $file }
cli-standard-tried = { $id } 第 { $version } 版没有问题；这是试读，什么也没有存。
cli-standard-imported = 已收下 { $id } 第 { $version } 版的草稿。看过不同之处，再用 standards release 发布。
cli-standard-released = { $state ->
    [to_sign] 已提请发布 { $id } 第 { $version } 版，要由另一位管理员签发。
   *[released] 已发布 { $id } 第 { $version } 版，从现在起不再改动。
}
cli-standard-dropped = 已删掉 { $id } 第 { $version } 版的草稿。
error-standard-reference = “{ $given }”看不懂。请写 编号@版本（如 client-manager@2）、只写编号，或写文件名（.xlsx、.yaml）。

# 管理员：标准
standards-hint = 把改好的工作簿直接发到这里，就是一份草稿。
standards-title = { $name } 第 { $version } 版
standards-entry = { $state ->
    [draft] ✏️ { $title } · 草稿
    [to_sign] ✍️ { $title } · 待签发
    [in_force] ✅ { $title } · 现行
    [planned] 📅 { $title } · { $since } 起
   *[released] { $title }
}
standards-operator = 命令行
standards-state = { $state ->
    [draft] 草稿，{ $who }于 { $when } 发来。发布前谁也用不到它。
    [to_sign] { $asked }已提请发布，待另一位管理员签发。
    [in_force] 现行：新开的评估用这一版。
    [planned] 从 { $since } 起采用；在那以前用第 { $current } 版。
   *[released] 已发布。新开的评估用第 { $current } 版。
}
standards-before = 与第 { $version } 版相比：
standards-more = 还有 { $count } 行，按“全部不同”看。
standards-file = 📄 工作簿
standards-diff = 🔍 全部不同
standards-try = 🧪 试评一次
standards-release = { $state ->
    [to_sign] ✅ 签发
   *[draft] ✅ 发布
}
standards-drop = 🗑 删掉草稿
standards-ask-release = { $state ->
    [to_sign] 签发“{ $title }”？签发后内容不能再改。从哪天起用它，之后再定；已开启的评估仍用原来的版本。
   *[draft] 发布“{ $title }”？有另一位管理员时要由其签发。发布后内容不能再改。从哪天起用它，之后再定；已开启的评估仍用原来的版本。
}
standards-ask-drop = { $state ->
    [to_sign] 删掉“{ $title }”？提请发布也一起作废，找不回来。
   *[draft] 删掉“{ $title }”的草稿？找不回来。
}
standards-do-release = { $state ->
    [to_sign] 签发
   *[draft] 发布
}
standards-do-drop = { $state ->
    [to_sign] 删掉并作废
   *[draft] 删掉
}
standards-released = { $state ->
    [to_sign] ✍️ 已提请发布“{ $title }”。请另一位管理员在 标准 里签发。
   *[released] ✅ “{ $title }”已发布，内容不再改动。接着可以试算换用它，再定从哪天起用。
}
standards-replaces = 会替换现有的第 { $version } 版草稿，不同之处：
standards-follows = 与第 { $version } 版相比：
standards-first = 这是一个新的标准。
standards-take = ✅ 收为草稿
standards-nothing-yet = 还没有收下。收为草稿以后，还可以试评、再改，发布才生效。
standards-taken = ✅ 已收下“{ $title }”的草稿。
standards-look = 看草稿
standards-problems = 这份标准有 { $count } 处要改，什么也没有收：
standards-problems-file = 要改的地方
standards-sent = 改好后直接发回这里。已发布的版本，先把版本加 1。

# 试评
trial-subject = 试评（虚构的人）
trial-level = 试哪个级别？您来当评审员，评一位虚构的人，最后看图。什么也不存，随时可以结束。
trial-end = ⏹ 结束试评
trial-finish = 📊 看结果
trial-result = 🧪 试评结果（没有保存）
trial-again = 🧪 再试一次
trial-ended = 试评已结束，什么也没有留下。
error-trial-over = 这次试评已经结束了。要再试，请从草稿里点“试评一次”。
error-trial-note = 试评里不收备注。请按按钮回答。
standards-settings = 📐 本单位的设置
