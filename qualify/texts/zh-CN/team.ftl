# 团队
team-mine = 👥 我的团队（{ $count } 人）
team-of = 👥 { $department }（{ $count } 人）
team-none = 现在没有向你汇报的人。
team-none-here = 这个部门现在没有人。
team-people = { $count } 人
team-row = { $name } · { $level } · { $figure }{ $until ->
    [none] {""}
   *[other] {" "}· 至 { $until }
}
team-row-blank = { $name } · 还没有结果
team-under-way = {" "}· 进行中 { $count }
team-picture = 🗺 { $standard } · { $level }（{ $count } 人）
team-picture-title = 团队能力热力图
team-picture-page = 第 { $page } 张
team-picture-next = 下一张（后面的人）›
team-back = ‹ 返回名单
team-departments = ‹ 选择部门
team-ask-department = 看哪个部门的团队图？
team-results = 已发布的结果
team-no-results = 还没有已发布的结果。
team-open-heading = 进行中
team-open-row = { $standard } · { $level } · { life-state } { $in }/{ $all } · { $due } 截止
team-result-row = { $date } · { $level } · { $figure }
team-open = 👥 我的团队
team-news-on = 团队出结果时告诉我
team-news-off = 不用告诉我
team-grade = { $figure } · { $grade }
trend-title = { $kind ->
    [mean] 平均得分趋势
   *[total] 总分趋势
}
trend-caption = { $standard }：历次结果的走势
history-change = { $kind ->
    [met] { $change } 项
   *[total] { $change } 分
}（比 { $date }）
history-same = 与 { $date } 持平
history-replaces = 取代了 { $date } 的结果
history-replaced = 已被新的结果取代
error-team-unknown = 没有找到这个人，或者 TA 现在不在你的团队里。
error-team-picture = 这张团队图现在没有人可画。请返回名单再看。
