# Shapes with holes by mathematical morphology: a closing fills the holes; two
# erosions by parabolas give the distance of each cell to what is there, up to six
# cells
grid X : 2d, boundary reflecting, size 96

input f on X = if noise(1) > 0.6
    then 0
    else step(24 - hypot(x - 40, y - 38))
    + step(9 - max(abs(x - 72), abs(y - 74)))

let B = stencil(
        X, (i, j) -> if i^2 + j^2 <= 2 then 0 else -infinity, to = [1, 1],
        over = max)
let shapes = B'(B(f))

fun parabola(axis) = stencil(axis, k -> k^2, to = 6, over = min)
let far = if shapes > 0.5 then 0 else 36
output shapes, distance = sqrt(parabola(y)(parabola(x)(far)))
