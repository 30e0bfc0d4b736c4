# Words inside the pictures.
chart-legend-actual = Actual
chart-legend-standard = Standard
chart-legend-standard-value = Standard { $value }
chart-legend-below = Below standard
chart-legend-unrated = Not rated
chart-legend-own = Self-assessment
chart-legend-got = Points
chart-legend-possible = Possible (bar length)
chart-legend-low = Below { $percent }%
chart-met = Met { $met }/{ $all }
chart-heat-from-standard = From the standard
chart-heat-share = Share of points
chart-heat-at-standard = = standard
chart-heat-unrated = – not rated
chart-items-interval = 95% confidence interval
chart-items-noticed = may need adjusting
