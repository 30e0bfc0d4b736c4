# 采用标准的另一版本：谁会变、怎么变、为什么

adoption-verdict = { $total } 分 · { $grade }
adoption-level-gone = 新版没有这个级别
adoption-changes = { $all } 人的现行结果里，{ $count } 人会变。
adoption-unanswered = 另有 { $count } 人暂时不变，但新版多问了几条，还没有人答。
adoption-left-out = { $count } 人的结果所用的版本已经找不到，没有比。
adoption-keep = · 沿用：旧结果照旧，到期为止
adoption-convert = · 转换：{ $count } 份进行中的评估转到新版，填过的都留着，只补问新的
adoption-reassess = · 重评：要重新评的有 { $count } 人
adoption-line = { $name }：{ $before } → { $after }（{ $why }）
adoption-reason = { $element }：{ $why }
adoption-reason-moved = { $element } { $before } → { $after }：{ $why }
adoption-cause = { $cause ->
    [added] 新增的要素
    [removed] 不再评
    [criteria] 条目有增减
    [lines] 条目的分组变了
    [key] 关键条件变了
    [points] 分值变了
    [target] 标准级别变了
    [subjects] 科目或权重变了
    [rating] 建议分的算法变了
    [deductions] 扣分规则变了
    [grades] 等次的分数线变了
    [key_conditions] 关键条件的后果变了
   *[exams] 考试科目变了
}
adoption-adopted = 从 { $date } 起，新开的评估用《{ $standard }》第 { $version } 版。
adoption-adopted-converts = 从 { $date } 起，新开的评估用《{ $standard }》第 { $version } 版，进行中的评估也转过去。
adoption-begun = 正在试算，马上就好。
adoption-title = 换用{ $title }：试算
adoption-sheet = 📊 全部名单（表格）
adoption-from = { $day ->
    [today] 📅 从今天起采用
   *[later] 📅 从 { $date } 起采用
}
adoption-ask = 从 { $date } 起，新开的评估用{ $title }。已有的结果不变，到期为止。
    { $count ->
        [0] 现在没有进行中的评估。
       *[other] 进行中的 { $count } 份评估怎么办？转过去的话，填过的都留着，评审员会收到还要补答什么。
    }
adoption-do-keep = { $count ->
    [0] ✅ 采用
   *[other] ✅ 采用，进行中的按旧版做完
}
adoption-do-convert = 🔄 采用，进行中的也转过去
adoption-undo = 要退回，就再采用原来的版本。
standards-adopt = 🔀 换用这一版…
export-sheet-adoption = 换版试算
export-heading-before = 现在
export-heading-after = 换版后
export-heading-why = 原因
export-heading-to-answer = 要补答的条目
