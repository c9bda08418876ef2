//===- Requests.h - derivatives that are asked for --------------*- C++ -*-===//

#ifndef PDEC_GRADIENT_REQUESTS_H
#define PDEC_GRADIENT_REQUESTS_H

#include "compiler/gradient/Gradient.h"

#include <optional>

namespace pdec::gradient {

/// Whether an operation asks for a derivative.
bool isRequest(mlir::Operation *op);

/// Makes operations of one that asks for a derivative, and of others in its
/// block that are found with it. `isAgain`: what is made may be differentiated.
std::optional<Obstacle> answer(mlir::Operation *request, bool isAgain);

} // namespace pdec::gradient

#endif // PDEC_GRADIENT_REQUESTS_H
