//===- FilePorts.h - runs on files and a terminal ---------------*- C++ -*-===//

#ifndef PDE_RUNTIME_FILEPORTS_H
#define PDE_RUNTIME_FILEPORTS_H

#include "runtime/command/FileRecords.h"
#include "runtime/command/Report.h"
#include "runtime/command/Weights.h"
#include "runtime/execution/Context.h"
#include "runtime/execution/Options.h"
#include "runtime/files/AtomicFile.h"
#include "runtime/files/Field.h"
#include "runtime/files/InputFile.h"
#include "runtime/files/MadeFolder.h"
#include "runtime/plots/Plot.h"
#include "runtime/report/RunReport.h"

#include <array>
#include <map>
#include <memory>
#include <set>

namespace pdert {

/// The data of a run as a command line names them.
class FilePorts : public Ports {
public:
  /// Opens the inputs. Throws a Failure for what is wrong with them, or with
  /// the names given.
  FilePorts(const pde_program &program, const Options &options,
            const Weights &weights, const std::string &command);

  /// The sizes of all grids: the inputs' or else --size's or else the
  /// script's. Throws a Failure when they contradict each other.
  std::vector<int64_t> sizes() const;

  /// Sets up what the options say of the run's state.
  void prepareState(pde_context &ctx) { records.prepareState(ctx); }

  /// Makes the output files, before a long run is made in vain.
  void openOutputs(const pde_context &ctx);

  /// Ends a successful run: the plot, the summary, and all files get their
  /// names. Throws a Failure.
  void finish(const pde_context &ctx);

  /// What the loops of the run reported, an entry for each.
  const std::vector<LoopHistory> &histories() const { return loopHistories; }

  /// What a report will say besides: the command line as it was given, and what
  /// the run was warned of.
  std::string commandLine;
  std::vector<std::string> warnings;
  /// Tells, once of each line of the script.
  void warn(int32_t line, const std::string &text);

  bool isGiven(int32_t input) override { return inputs[input] != nullptr; }
  void read(pde_context &ctx, int32_t input, void *data) override;
  void write(pde_context &ctx, int32_t output, const void *data) override;
  void writeNumber(pde_context &ctx, int32_t output, double value) override;
  void record(pde_context &ctx, int32_t record, int64_t step,
              const void *data) override;
  void saveState(pde_context &, const std::string &state) override {
    records.saveState(state);
  }
  void noteInput(pde_context &ctx, int32_t input, const void *data) override;
  void setAxis(int32_t grid, int32_t axis, double first,
               double spacing) override;
  void noteLongSteps(pde_context &ctx, int32_t line, double multiple) override;
  void noteIteration(int32_t loop, int64_t pass, double measure,
                     double bound) override {
    loopHistories[loop].note(pass, measure, bound, now());
  }
  void progress(int64_t done, int64_t total) override {
    progressLine.update(done, total);
  }

private:
  void openInputs();
  void checkDepth() const;
  void checkPlot() const;
  void checkSpace(const AtomicFile &file, int64_t bytes);
  void openOutput(const pde_context &ctx, int32_t output);
  void checkState() const;
  void finishRecords(const pde_context &ctx);
  void closeOutputs();
  void drawPlot(const pde_context &ctx);
  void writeReport(const pde_context &ctx);
  std::vector<DataFact> inputFacts(const pde_context &ctx) const;
  std::vector<DataFact> outputFacts(const pde_context &ctx) const;
  /// Outputs that go nowhere are, in the order of the script; in a report all.
  bool isSummedUp(int32_t output) const {
    return reportFile || (!outputs[output] && !options.quiet);
  }
  bool isPictureWanted() const { return plotFile || reportFile; }
  bool isUpwards() const { return options.plotY == "up"; }
  void printSummary();
  void publish();
  std::unique_ptr<AtomicFile> takeStandardOutput();
  void openTarget(std::unique_ptr<AtomicFile> &file, const std::string &path);
  void checkDerived(const std::vector<int64_t> &sizes) const;
  std::array<int64_t, PDE_MAX_RANK> cellsOf(int32_t input) const;
  std::string sizeClaim(int32_t input) const;
  std::string inputFailure(int32_t input, const std::string &reason) const;
  std::string outputFailure(int32_t output, const std::string &reason) const;

  std::string plotFailure(const std::string &reason) const;
  std::string reportFailure(const std::string &reason) const;

  const pde_program &program;
  const Options &options;
  const Weights &weights;
  std::string command;
  std::vector<std::unique_ptr<InputFile>> inputs;
  std::vector<std::unique_ptr<MadeFolder>> folders; ///< outlive their files
  std::vector<pde_port> written; ///< outputs, then what is recorded
  std::vector<std::unique_ptr<AtomicFile>> outputs; ///< of all of these
  FileRecords records;
  std::map<uint64_t, double> neededSpace;           ///< on each device, bytes
  std::vector<std::string> inputPaths, outputPaths; ///< empty: not given
  std::unique_ptr<AtomicFile> plotFile, reportFile;
  int depth = 8;                     ///< of a level of an image, bits
  bool writesStandardOutput = false; ///< data, not the summary
  Plot plot;
  std::vector<GridPositions> positions; ///< of each grid
  std::vector<LoopHistory> loopHistories;
  std::set<int32_t> warnedLines;
  std::vector<std::string> summary; ///< a line for each output and record
  ProgressLine progressLine;
};

} // namespace pdert

#endif // PDE_RUNTIME_FILEPORTS_H
