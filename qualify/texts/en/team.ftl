# Teams
team-mine = 👥 My team ({ $count })
team-of = 👥 { $department } ({ $count })
team-none = Nobody reports to you at the moment.
team-none-here = Nobody is in this department at the moment.
team-people = { $count ->
    [one] 1 person
   *[other] { $count } people
}
team-row = { $name } · { $level } · { $figure }{ $until ->
    [none] {""}
   *[other] {" "}· until { $until }
}
team-row-blank = { $name } · no result yet
team-under-way = {" "}· { $count } under way
team-picture = 🗺 { $standard } · { $level } ({ $count })
team-picture-title = Team picture
team-picture-page = Picture { $page }
team-picture-next = Next picture (more people) ›
team-back = ‹ Back to the list
team-departments = ‹ Departments
team-ask-department = Which department's picture?
team-results = Published results
team-no-results = No published result yet.
team-open-heading = Under way
team-open-row = { $standard } · { $level } · { life-state } { $in }/{ $all } · due { $due }
team-result-row = { $date } · { $level } · { $figure }
team-open = 👥 My team
team-news-on = Tell me my team's results
team-news-off = Don't tell me
team-grade = { $figure } · { $grade }
trend-title = { $kind ->
    [mean] Mean rating over time
   *[total] Total over time
}
trend-caption = { $standard }: your results over time
history-change = { $kind ->
    [met] { $change } items
   *[total] { $change } points
} since { $date }
history-same = same as on { $date }
history-replaces = replaced the result of { $date }
history-replaced = replaced by a newer result
error-team-unknown = This person wasn't found, or isn't in your team now.
error-team-picture = There is nobody to draw in this picture now. Please go back to the list.
