# RUN: pdec fmt %s | FileCheck %s --strict-whitespace --match-full-lines
# What the formatter does with blanks, long lines and parentheses.


grid   X:1d,boundary low dirichlet 1,high reflecting,   size 512
#      CHECK:grid X : 1d, boundary low dirichlet 1, high reflecting, size 512
param lambda=0.05 where lambda>0,tau : real=0.4 where 0<tau<=0.5,n=100 where n>=0
#      CHECK:param lambda = 0.05 where lambda > 0,
# CHECK-NEXT:      tau : real = 0.4 where 0 < tau <= 0.5,
# CHECK-NEXT:      n = 100 where n >= 0
let D = stencil ( x , [ 1,-2 , 1 ] , from=-1 )
#      CHECK:let D = stencil(x, [1, -2, 1], from = -1)
fun Phi (s) = (s)  *  exp( - s ^ 2 / ( 2 * lambda ^ 2 ) )
#      CHECK:fun Phi(s) = (s)*exp(-s^2/(2*lambda^2))
let long = first_operand + second_operand * third_operand - fourth_operand / fifth_operand
#      CHECK:let long = first_operand
# CHECK-NEXT:    + second_operand*third_operand
# CHECK-NEXT:    - fourth_operand/fifth_operand
scheme heun(R,tau):u->{let k=R(u)   let v=u+tau*k

u=u+tau/2*(k+R(v))}
#      CHECK:scheme heun(R, tau): u -> {
# CHECK-NEXT:  let k = R(u)
# CHECK-NEXT:  let v = u + tau*k
# CHECK-EMPTY:
# CHECK-NEXT:  u = u + tau/2*(k + R(v))
# CHECK-NEXT:}
