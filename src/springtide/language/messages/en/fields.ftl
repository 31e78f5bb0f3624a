# What a figure of the data is; one without words of its own is told by its name.
name = { $field ->
    [open] open
   *[other] { $name }
  }
