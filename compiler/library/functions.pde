# Functions of numbers, in terms of those that the compiler knows. Where there are
# two formulas, their arguments are bounded so that neither, nor its derivative,
# is infinite where the other is chosen, and beyond the place where they meet, so
# that both derivatives are right there. Coefficients are those of minimax
# polynomials, with absolute errors of some 2^-56.

# What the nearest number lacks of pi, in single precision and double.
fun rest_of_pi() = if epsilon > 1e-10
    then -8.742278e-8
    else 1.2246467991473532e-16

# (asin(s) - s)/s^3 for z = s^2 up to 1/4
fun asin_series(z) = {
  let p1 = 0.017701448371970904
      + z*(-0.015306036065440697 + z*0.02905848327553379)
  let p2 = 0.010350533394223217 + z*(0.005343025213813414 + z*p1)
  let p3 = 0.013971691375600616 + z*(0.01147472957859272 + z*p2)
  let p4 = 0.022372174502857434 + z*(0.017352358601541034 + z*p3)
  let p5 = 0.04464285714699303 + z*(0.030381944095536746 + z*p4)
  return 0.16666666666666669 + z*(0.07499999999998022 + z*p5)
}

# asin(s) up to 1/2. From there on it is pi/2 - 2*asin(sqrt(z)) with
# z = (1 - |s|)/2, and this is asin(sqrt(z)).
fun asin_part(s) = {
  let isFar = abs(s) > 0.5
  let z = if isFar then abs((1 - abs(s))/2) else s^2
  let root = if isFar then sqrt(if isFar then z else 1) else s
  return root + root*z*asin_series(z)
}

# NaN for t > 1, as the root of a number below 0
fun within_one(t, value) = if t > 1 then sqrt(1 - t) else value

# The principal value of the arcsine, from -pi/2 to pi/2
fun asin(s) = {
  let t = abs(s), part = asin_part(s)
  let far = pi/2 - 2*part + rest_of_pi()/2
  let angle = if t > 0.5 then if s < 0 then -far else far else part
  return within_one(t, angle)
}

# The principal value of the arccosine, from 0 to pi
fun acos(s) = {
  let t = abs(s), part = asin_part(s)
  let near = pi/2 - part + rest_of_pi()/2
  let far = if s < 0 then pi - 2*part + rest_of_pi() else 2*part
  return within_one(t, if t > 0.5 then far else near)
}

# (exp(t) + sign*exp(-t))/2 for t >= 0. Near the end of the range, exp(t) is the
# square of another.
fun half_exponentials(t, sign) = {
  let isFar = t > (if epsilon > 1e-10 then 80 else 700)
  let e = exp(if isFar then t/2 else t)
  return if isFar then e/2*e else (e + sign/e)/2
}

# The hyperbolic sine: its series up to 1, where the exponentials cancel
fun sinh(s) = {
  let a = clamp(s, -2, 2)
  let z = a^2
  let p = 1/6227020800
      + z*(1/1307674368000 + z*(1/355687428096000 + z/121645100408832000))
  let q = 1/5040 + z*(1/362880 + z*(1/39916800 + z*p))
  let bent = 1/6 + z*(1/120 + z*q)
  let far = half_exponentials(max(abs(s), 0.5), -1)
  return if abs(s) <= 1 then a + a*(z*bent) else if s < 0 then -far else far
}

# The hyperbolic cosine
fun cosh(s) = half_exponentials(abs(s), 1)

# The cube root, of negative numbers too: a power, and a step of Newton's method
fun cbrt(s) = {
  let t = abs(s)
  let y = t^(1/3)
  let isFinite = y > 0 and y - y == 0
  let divisor = if isFinite then y else 1
  let size = if isFinite then y - (y - t/divisor^2)/3 else y
  return if s > 0 then size else if s < 0 then -size else s
}

# (erf(s) - 2/sqrt(pi)*s)/s^3 for z = s^2 up to 1
fun erf_series(z) = {
  let p1 = 7.705419814886895e-10
      + z*(-2.3198275109815178e-10 + z*3.373282258500755e-11)
  let p2 = 1.616390984555042e-08 + z*(-2.4176555326350974e-09 + z*p1)
  let p3 = 1.6467805442581066e-06 + z*(-1.647130120265021e-07 + z*p2)
  let p4 = 0.00012055338456250128 + z*(-1.4925863753746855e-05 + z*p3)
  let p5 = 0.005223977626425643 + z*(-0.0008548327116361493 + z*p4)
  let p6 = 0.11283791670955289 + z*(-0.026866170645189896 + z*p5)
  return -0.37612638903183754 + z*p6
}

# erfc(t)*exp(t^2) for z = (t - 2)/(t + 2), t from 1 to 6
fun erfc_series(z) = {
  let p1 = 2.76231868436935e-05
      + z*(-2.661148502397388e-05 + z*(-1.2644101545143863e-05))
  let p2 = 4.3536160324626965e-05 + z*(0.00017428847169461017 + z*p1)
  let p3 = -0.0008471425905015975 + z*(-0.0009819764793993254 + z*p2)
  let p4 = 0.0037328923985391164 + z*(0.0069974617856610535 + z*p3)
  let p5 = 0.2416581942424688 + z*(-0.07897858101641562 + z*p4)
  return 0.25539567631050575 + z*(-0.4271858474139568 + z*p5)
}

# The error function, 2/sqrt(pi) times the integral of exp(-t^2) from 0 to s
fun erf(s) = {
  let a = clamp(s, -2, 2), b = clamp(abs(s), 0.5, 6)
  let near = a + a*(0.12837916709551257 + a^2*erf_series(a^2))
  let far = 1 - exp(-b^2)*erfc_series((b - 2)/(b + 2))
  return if abs(s) < 1 then near else if s < 0 then -far else far
}

# The remainder of a/b with the sign of b: from 0 up to b, b excluded
fun mod(a, b) = {
  let r = a - b*floor(a/b)
  return if abs(r) >= abs(b) or r*b < 0 then 0*b else r
}

# The root of a^2 + b^2, which overflows only where it does itself
fun hypot(a, b) = {
  let large = max(abs(a), abs(b))
  let isFinite = large > 0 and large - large == 0
  let size = if isFinite then large else 1
  return if isFinite then size*sqrt((a/size)^2 + (b/size)^2) else large
}

# The angle of the point (x, y), from -pi to pi
fun atan2(y, x) = {
  let isSteep = abs(y) > abs(x)
  let isFar = abs(x) == abs(y) and abs(x) - abs(y) != 0
  let above = if isSteep then x else y, below = if isSteep then y else x
  let divisor = if below == 0 or isFar then 1 else below
  let t = atan(if isFar then sign(x)*sign(y) else above/divisor)
  let side = if y < 0 then -1 else 1
  let steep = side*pi/2 - t + side*rest_of_pi()/2
  let flat = if x < 0 then side*pi + t + side*rest_of_pi() else t
  return if isSteep then steep else flat
}
