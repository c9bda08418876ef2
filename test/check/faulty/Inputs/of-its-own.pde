fun g(s) = s
grid X : 1d
let h = (1 +
