fun k(s) = 2*t
