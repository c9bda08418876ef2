# RUN: pdec %s --emit ast | FileCheck %s
# Names in all alphabets; comments and blank lines of all kinds.

# CHECK: λ
# CHECK: fun Φ₂
# CHECK: parameter größe
param λ = 0.05
fun Φ₂(größe) = größe/(1 + (größe/λ)^2)  # 𝔘𝔫𝔦𝔠𝔬𝔡𝔢
