# How a standard does in use: statistics, and signs that it may need adjusting
admin-menu-statistics = 📈 Standards in use
statistics-ask = Statistics of which standard and level? Only published results that were not replaced are counted.
statistics-choice = { $standard } v{ $version } · { $level }
statistics-begun = Counting. The picture follows in a moment.
statistics-none = { $standard } (v{ $version }), { $level }: { $count } published { $count ->
    [one] result
   *[other] results
}. Statistics begin at { $fewest }.
statistics-title = The elements in use
statistics-of = { $standard } · { $level } · v{ $version } · { $count } { $count ->
    [one] result
   *[other] results
}
statistics-line = { $what }, of those rated
statistics-column-met = Met
statistics-column-full = Full
statistics-column-mean = Mean
statistics-column-unobserved = Unseen
statistics-column-agreed = Agreed
statistics-column-discrimination = Tells
statistics-note-agreed = Mean ± standard deviation. Agreed: how often ratings lie close. –: fewer than 10, or all alike.
statistics-note-discrimination = Tells: correlation with all other elements, −1 to 1. Near 0 it tells nobody apart.
statistics-criterion = { $element }: { $text }
statistics-share = { $value } ({ $low }–{ $high }, { $count } { $count ->
    [one] result
   *[other] results
})
statistics-apart = { $value } apart on average, limit { $critical } ({ $count } { $count ->
    [one] result
   *[other] results
})
statistics-sign = { $figure } { $item }
statistics-at = { $level }: { $sign }
statistics-kind-met-by-most = Nearly everybody meets it
statistics-kind-met-by-few = Nearly nobody meets it
statistics-kind-unobserved = Often not observed
statistics-kind-apart = Assessors disagree most
statistics-for-met-by-most = The demand may be too low, or have become routine.
statistics-for-met-by-few = The demand may be too high, or unclear.
statistics-for-unobserved = It may not be daily work at this level, or there is nothing to look at.
statistics-for-apart = The wording may allow different readings.
statistics-against-met-by-most = Everybody should meet what is the least that is asked.
statistics-against-met-by-few = Training may be what lags behind, not the demand.
statistics-against-unobserved = Assessors may be too far away: look first at who was asked.
statistics-against-apart = Assessors may use different yardsticks: align those first.
statistics-doubt-unsure = Some have few results: the true share may lie on the other side of the limit.
statistics-doubt-key = Some are key conditions: who was granted the level meets them.
statistics-doubt-tells = Some tell people apart all the same (correlation above 0).
statistics-signs = 📈 Standards may need adjusting
statistics-signs-hint = You hear of this once a quarter at most. What to change, if anything, you decide.
statistics-yearly = 📅 { $date } is the day on which standards are looked at every year.
statistics-for = For: { $words }
statistics-against = Against: { $words }
statistics-more = … and { $count } more: see the picture and the export.
statistics-quiet = Nothing speaks for adjusting now.
