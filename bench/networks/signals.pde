# Piecewise affine signals of 256 cells, another one for each sample, and the
# nonmonotone activation of all networks here.
param sample = 0
fun draw(i) = mod(43758.5453*sin(78.233*(i + 1) + 12.9898*(sample + 1)), 1)
fun piece(x, i) = {
  let start = 256*draw(i)
  let height = draw(i + 1) - 0.5
  let slope = 2*(draw(i + 2) - 0.5)/256
  return (height + slope*(x - start))*step(x - start)
}
fun signal(x) = 0.5 + piece(x, 0) + piece(x, 3) + piece(x, 6) + piece(x, 9)
# Nearly normal noise of the standard deviation 0.1.
fun noisy(g) = g
    + 0.1*(noise(4*sample + 1) + noise(4*sample + 2) + noise(4*sample + 3))
fun phi(s, lambda) = s/(1 + (s/lambda)^2)
