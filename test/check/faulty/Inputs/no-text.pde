# café
fun g(u) = u
