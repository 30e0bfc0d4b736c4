# An organisation's own settings: what is wrong, and what would be right
error-settings-fixed = "{ $field }" belongs to the standard itself and can't be set; copy { $id } to v{ $next }.yaml and release that as a new version. What can be set: { $legal }.
error-settings-unknown = There is no { $field ->
    [targets] element
    [weights] subject
   *[grades] grade
} "{ $given }"; legal are: { $legal }.
error-settings-absent = { $id } v{ $version } has no such rule, so "{ $field }" sets nothing; delete it{ $field ->
    [targets] . Rated in points, an element's standard is all its points: release a new version with other points
   *[other] {""}
}.
error-settings-of-the-source = "{ $field }" is a rule of the source (it isn't marked { $field ->
    [exam_bands] bands_assumed
   *[other] assumed
}) and can't be set; delete it. Where the source has changed, write v{ $next }.yaml.
error-settings-weight-of-the-source = The weight of "{ $field }" is the source's (it isn't marked weights_assumed) and can't be set; delete it. Where the source has changed, write v{ $next }.yaml.
