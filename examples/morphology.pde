# Shapes in noise by mathematical morphology: an opening by a disc takes bright
# specks away, a closing dark ones; two erosions by parabolas give the squared
# distance of each cell to what is left
grid X : 2d, boundary reflecting, size 96

input f on X = if noise(1) > 0.8
    then noise(2)
    else step(24 - hypot(x - 40, y - 38))
    + step(9 - max(abs(x - 72), abs(y - 74)))

fun disc(radius) = stencil(
        X, (i, j) -> if i^2 + j^2 <= radius^2 then 0 else -infinity,
        to = [2, 2], over = max)
let B = disc(1.5), C = disc(2.3)

let closed = B'(B(f))
let shapes = C(C'(closed))

fun parabola(axis) = stencil(axis, k -> k^2, to = 60, over = min)
let far = if shapes > 0.5 then 0 else infinity
output shapes, distance = sqrt(parabola(y)(parabola(x)(far)))
