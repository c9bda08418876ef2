fun twice(s) = 2*s
