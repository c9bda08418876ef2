grid X : 1d, boundary reflecting
param int = 1, class = 0.5, λ = 2, τ = 0.1
input params on X
input message on X
input length on X
input double on X
input values on X
input call on X
output u = int*params + class*message + λ*length + τ*double + values + call
