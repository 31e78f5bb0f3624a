# What a figure of the data is: in English its name.
name = { $name }
