# 导出的工作簿：三张表的名字、列名和用语
export-sheet-results = 结果
export-sheet-answers = 回答
export-sheet-progress = 进度
export-heading-assessment = 评估编号
export-heading-staff-no = 工号
export-heading-name = 姓名
export-heading-department = 部门
export-heading-standard = 标准
export-heading-version = 版本
export-heading-level = 级别
export-heading-applied = 申请日期
export-heading-element = 要素
export-heading-rating = 评分
export-heading-target = 达标线
export-heading-total = 总分
export-heading-grade = 计算的级内等
export-heading-signed-grade = 签署的级内等
export-heading-signed-by = 签署人
export-heading-reason = 原因
export-heading-published = 发布时间
export-heading-valid-until = 有效期至
export-heading-state = 状态
export-heading-assessor = 评审员
export-heading-part = 身份
export-heading-submitted = 提交时间
export-heading-item = 条目
export-heading-answer = 回答
export-heading-opened = 开启时间
export-heading-due = 截止日期
export-heading-reviews-in = 已提交评审
export-heading-reviews = 全部评审
export-heading-owed-by = 尚未提交
export-part = { $part ->
    [lead] 主评
    [self] 自评
   *[member] 评审员
}
export-replaced = 已被新结果取代
export-not-granted = 不授予该级别
export-operator = 命令行
export-rating = 评分
export-not-taken = 未参加
export-case = 案例
