//===- OnnxRefusal.h - what a model cannot say ------------------*- C++ -*-===//

#ifndef PDEC_EXPORTERS_ONNXREFUSAL_H
#define PDEC_EXPORTERS_ONNXREFUSAL_H

#include "compiler/pde/PdeDialect.h"

#include <string>

namespace pdec::exporters {

/// The first thing that a model has no words for, with its place.
class OnnxRefusal {
public:
  void refuse(mlir::Operation *op, const llvm::Twine &what) {
    if (!text.empty())
      return;
    std::string place = pde::placeText(op->getLoc());
    text = (place.empty() ? what : place + ": " + what).str();
  }
  bool isThere() const { return !text.empty(); }
  const std::string &getText() const { return text; }

private:
  std::string text;
};

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_ONNXREFUSAL_H
