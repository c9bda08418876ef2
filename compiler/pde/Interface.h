//===- Interface.h - what a program shows to its users ----------*- C++ -*-===//

#ifndef PDEC_PDE_INTERFACE_H
#define PDEC_PDE_INTERFACE_H

#include "compiler/pde/PdeDialect.h"

#include <array>
#include <limits>
#include <string>
#include <vector>

namespace pdec::pde {

/// Grids, parameters, inputs and outputs of a module in the order of the
/// script; positions in these lists are the numbers that generated code hands
/// to the runtime.
struct Interface {
  struct Axis {
    std::string name;
    int64_t size = 0;    ///< without input; 0: none
    int64_t minSize = 1; ///< the widest stencil still fits
    /// On a derived grid: which of its parent's cells it has.
    Coarsening coarsening = Coarsening::Same;
  };
  struct Grid {
    std::string name;
    std::vector<Axis> axes;
    /// The grid that it coarsens, or -1: its sizes are the user's.
    int parent = -1;
    /// Of a parameter array, whose entries are its cells; else empty.
    std::vector<int64_t> extents;

    bool isArray() const { return !extents.empty(); }
  };
  /// A loop that ends by a condition.
  struct Loop {
    std::string what, measure;
    int64_t line = 0;
  };
  /// Legal values.
  struct Interval {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool lowOpen = false, highOpen = false;
  };
  struct Param : Interval {
    std::string name;
    bool isInt = false;
    double real = 0;
    int64_t integer = 0;
    /// Nothing depends on it but how many steps evolutions make.
    bool countsSteps = false;
  };
  struct Port {
    std::string name;
    int grid = 0; ///< -1: a number, in f64
    bool hasDefault = false;
    /// Rows below cell 0 and beyond the last cell of each axis.
    std::array<int64_t, 3> low{}, high{};
    /// Of the entries of a parameter array.
    Interval entries = {};

    bool isNumber() const { return grid < 0; }
    int64_t rows(unsigned axis) const { return low[axis] + high[axis]; }
    /// Elements along three axes, given the cells of all grids.
    std::array<int64_t, 3> extents(const std::vector<int64_t> &sizes) const;
    int64_t count(const std::vector<int64_t> &sizes) const;
  };

  /// A field that an evolution carries.
  struct Evolved {
    Port field; ///< named as the output that it ends as, if it is one
    int64_t line = 0;
    int64_t level = 0;      ///< its place among all that the evolution carries
    bool keepsNorm = false; ///< its Euclidean norm is proved never to grow
    /// The parameter that its steps are proportional to, or -1, and up to which
    /// value the proof holds.
    int stepParam = -1;
    double stepLimit = 0;
  };

  /// What an evolution notes down: fields, or several numbers at a time.
  struct Record {
    Port port;
    int columns = 0; ///< numbers; 0: a field
  };

  std::string name;
  bool isF32 = false;
  std::vector<Grid> grids;
  std::vector<Param> params;
  std::vector<Port> inputs, outputs;
  std::vector<Loop> loops; ///< by FixpointOp's loop
  std::vector<Evolved> evolved;
  std::vector<Record> records;

  /// What a run gives: outputs, then records, of each of which the port is that
  /// of one entry.
  std::vector<Port> results() const;

  int gridIndex(llvm::StringRef grid) const;
  int paramIndex(llvm::StringRef param) const;
  int inputIndex(llvm::StringRef input) const;
  int outputIndex(llvm::StringRef output) const;
  int recordIndex(llvm::StringRef record) const;
};

/// The line of an operation in the file that the program comes from, or 0: what
/// the library computes has none there.
int32_t lineIn(mlir::Operation &op, mlir::Operation *program);

/// Reads the interface off a module in the pde dialect.
Interface collectInterface(mlir::ModuleOp module);

} // namespace pdec::pde

#endif // PDEC_PDE_INTERFACE_H
