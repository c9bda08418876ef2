//===- Plot.h - the picture that --plot draws -------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_PLOT_H
#define PDE_RUNTIME_PLOT_H

#include "runtime/plots/Panel.h"
#include "runtime/plots/Series.h"

#include <string>
#include <vector>

namespace pdert {

/// Gathers, in little memory, what a run hands over, and draws it: the 1-D
/// fields on a grid in one diagram, an image for each other field, the numbers
/// of each record, and the course of each iterative loop.
class Plot {
public:
  explicit Plot(const pde_program &program)
      : program(program), inputs(program.num_inputs),
        outputs(program.num_outputs), series(program.num_records) {}

  void noteInput(pde_context &ctx, int32_t input, const void *data) {
    inputs[input] = reduce(ctx, program.inputs[input], data);
  }
  void noteOutput(pde_context &ctx, int32_t output, const void *data) {
    outputs[output] = reduce(ctx, program.outputs[output], data);
  }
  /// A row of numbers of a record.
  void noteRow(int32_t record, int64_t step, const double *row) {
    series[record].note(step, row, program.records[record].columns);
  }

  /// A picture that stands alone. `positions` has an entry for each grid,
  /// `histories` one for each loop.
  Panel draw(const pde_context &ctx,
             const std::vector<GridPositions> &positions,
             const std::vector<LoopHistory> &histories, bool isUpwards) const;

  /// The same diagrams one by one, for a page that places them itself.
  std::vector<Panel> panels(const pde_context &ctx,
                            const std::vector<GridPositions> &positions,
                            const std::vector<LoopHistory> &histories,
                            bool isUpwards) const;

private:
  /// A field, reduced; empty for an input that the run did not ask for.
  struct Reduced {
    std::vector<CurvePoint> points; ///< in 1-D
    Thumbnail thumbnail;            ///< else

    bool isEmpty() const { return points.empty() && thumbnail.pixels.empty(); }
    bool isConstant() const;
  };

  /// An input that has the same value everywhere shows nothing.
  bool isDrawn(const Reduced &field, bool isOutput) const;
  static Reduced reduce(pde_context &ctx, const pde_port &port,
                        const void *data);
  std::vector<Curve> curvesOn(int32_t grid,
                              const GridPositions &positions) const;
  /// `mayFill`: nothing else is on the page.
  void addCurvePanels(const std::vector<GridPositions> &positions, bool mayFill,
                      std::vector<Panel> &panels) const;
  /// Of all images: inputs, then outputs.
  std::vector<ColorRange> colorRanges() const;
  void addImagePanels(const pde_context &ctx,
                      const std::vector<GridPositions> &positions,
                      bool isUpwards, std::vector<Panel> &panels) const;
  /// The same of the records of numbers.
  void addSeriesPanels(bool mayFill, std::vector<Panel> &panels) const;
  void addHistoryPanels(const std::vector<LoopHistory> &histories,
                        std::vector<Panel> &panels) const;

  const pde_program &program;
  std::vector<Reduced> inputs, outputs;
  std::vector<Series> series; ///< of records; those of fields stay empty
};

} // namespace pdert

#endif // PDE_RUNTIME_PLOT_H
