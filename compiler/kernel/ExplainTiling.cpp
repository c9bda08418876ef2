//===- ExplainTiling.cpp - how a program goes over memory, told -----------===//

#include "compiler/kernel/ExplainTiling.h"
#include "compiler/kernel/KernelDialect.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;

namespace pdec::kernel {

/// The script's line, or a place in the library.
static std::string placeOf(CallOp call) {
  auto place = call.getLoc()->findInstanceOf<FileLineColLoc>();
  return place ? (place.getFilename().getValue() + ":" +
                  llvm::Twine(place.getLine()))
                     .str()
               : "program";
}

static std::string textOf(TileAttr tile) {
  std::string text;
  llvm::raw_string_ostream out(text);
  out << "tiles of ";
  llvm::interleave(tile.getCells(), out, " x ");
  out << " cells";
  if (tile.getSteps() > 1)
    out << ", " << tile.getSteps() << " steps at once";
  else if (tile.takesSteps())
    out << ", one step at a time";
  if (tile.isChain())
    out << ", row by row through all stages";
  if (tile.getRows() > 1)
    out << ", " << tile.getRows() << " rows together";
  if (int64_t scratch = tile.getScratch())
    out << ", " << (scratch + 1023) / 1024 << " KiB of scratch memory a thread";
  return text;
}

std::string explainTiling(ModuleOp module) {
  std::vector<std::string> lines;
  module.walk([&](CallOp call) {
    std::string line = placeOf(call) + ": " + textOf(call.getTile()) + "\n";
    if (!llvm::is_contained(lines, line))
      lines.push_back(line);
  });
  return llvm::join(lines, "");
}

} // namespace pdec::kernel
