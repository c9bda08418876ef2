//===- FilePorts.cpp - runs on files and a terminal -----------------------===//
//
// A run on files goes through these steps, in this order: paths and inputs are
// checked and opened (the constructor), sizes are settled by what the inputs
// hold (sizes), outputs are opened under temporary names (openOutputs), the
// program reads and writes (read, write), and all outputs get their names
// together (finish). A failure at any step leaves the files of the user as they
// were. Sentences name the port and its file; what went wrong within the file
// comes from runtime/files.
//
//===----------------------------------------------------------------------===//

#include "runtime/command/FilePorts.h"
#include "runtime/command/LongSteps.h"
#include "runtime/command/PortPaths.h"
#include "runtime/execution/DerivedGrids.h"
#include "runtime/execution/Settings.h"
#include "runtime/files/OutputFormats.h"
#include "runtime/files/Publish.h"
#include "runtime/plots/PngPicture.h"
#include "runtime/system/StandardStreams.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <sys/resource.h>
#include <unistd.h>

using namespace pdert;

/// Each port's file is open for the whole run; the usual limit is 1024.
static void allowOpenFiles(int32_t count) {
  constexpr rlim_t others = 64;
  rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= count + others)
    return;
  limit.rlim_cur = std::min(limit.rlim_max, count + others);
  setrlimit(RLIMIT_NOFILE, &limit);
}

FilePorts::FilePorts(const pde_program &program, const Options &options,
                     const Weights &weights, const std::string &command)
    : program(program), options(options), weights(weights), command(command),
      inputs(program.num_inputs), written(writtenPorts(program)),
      outputs(written.size()), records(program, options), plot(program),
      positions(program.num_grids), loopHistories(program.num_loops),
      summary(written.size()), progressLine(command, !options.quiet) {
  inputPaths = pdert::inputPaths(program, options);
  outputPaths = pdert::outputPaths(program, options);
  allowOpenFiles(program.num_inputs + static_cast<int32_t>(written.size()));
  depth = readDepth(options.depth);
  checkDepth();
  checkPlot();
  openInputs();
  for (int32_t input = 0; input < program.num_inputs; ++input)
    if (isArray(program, program.inputs[input]))
      inputs[input] = weights.open(input);
}

std::string FilePorts::inputFailure(int32_t input,
                                    const std::string &reason) const {
  return format(
      "cannot read input '%s' from %s: %s", program.inputs[input].name,
      placeText(inputPaths[input], "standard input").c_str(), reason.c_str());
}

std::string FilePorts::outputFailure(int32_t output,
                                     const std::string &reason) const {
  return format("cannot write %s '%s' to %s: %s",
                output < program.num_outputs ? "output" : "record",
                written[output].name,
                placeText(outputPaths[output], "standard output").c_str(),
                reason.c_str());
}

/// An option that changes nothing is a mistake of the user.
void FilePorts::checkDepth() const {
  if (options.depth.empty())
    return;
  for (const std::string &path : outputPaths)
    if (isImage(formatOf(path)))
      return;
  fail("--depth is for .png and .pgm outputs, but none is written");
}

static bool hasEnding(const std::string &path, const std::string &ending) {
  return path.size() >= ending.size() &&
         path.compare(path.size() - ending.size(), ending.size(), ending) == 0;
}

void FilePorts::checkPlot() const {
  const std::string &path = options.plot;
  if (!path.empty() && !hasEnding(path, ".svg") && !hasEnding(path, ".png"))
    fail("--plot draws .svg and .png files only, but is given %s",
         quoted(path).c_str());
  if (!options.report.empty() && !hasEnding(options.report, ".html"))
    fail("--report writes .html files only, but is given %s",
         quoted(options.report).c_str());
  if (options.plotY.empty())
    return;
  if (options.plotY != "up" && options.plotY != "down")
    fail("--plot-y is 'up' or 'down', but is given %s",
         quoted(options.plotY).c_str());
  if (path.empty() && options.report.empty())
    fail("--plot-y is for --plot and --report, but nothing is drawn");
}

void FilePorts::openInputs() {
  for (int32_t input = 0; input < program.num_inputs; ++input) {
    const pde_port &port = program.inputs[input];
    if (inputPaths[input].empty()) {
      if (!port.has_default && !isArray(program, port))
        fail("input '%s' has no default: give --input %s=FILE", port.name,
             port.name);
      continue;
    }
    try {
      if (isStandardStream(inputPaths[input]))
        // Two inputs cannot share it; the first one to claim it has it.
        claimStandardInput(format("input '%s'", port.name));
      inputs[input] = openInput(inputPaths[input], program.grids[port.grid]);
    } catch (const Failure &failure) {
      throw Failure{inputFailure(input, failure.message)};
    }
  }
}

/// The cells of the grid that the file of an input is for.
std::array<int64_t, PDE_MAX_RANK> FilePorts::cellsOf(int32_t input) const {
  const pde_port &port = program.inputs[input];
  std::array<int64_t, PDE_MAX_RANK> cells;
  for (int axis = 0; axis < PDE_MAX_RANK; ++axis) {
    int64_t rows = port.low[axis] + port.high[axis];
    cells[axis] = inputs[input]->sizes()[axis] - rows;
    if (cells[axis] < 1)
      throw Failure{inputFailure(
          input, format("it has %s, but on these faces it needs %lld more "
                        "along %s than the grid has cells",
                        cellsText(inputs[input]->sizes(),
                                  program.grids[port.grid].rank)
                            .c_str(),
                        static_cast<long long>(rows),
                        program.grids[port.grid].axis[axis]))};
  }
  return cells;
}

/// What an input says of its grid: "input 'v' has 10 cells".
std::string FilePorts::sizeClaim(int32_t input) const {
  const pde_port &port = program.inputs[input];
  int32_t rank = program.grids[port.grid].rank;
  auto found = cellsOf(input);
  std::string cells = cellsText(found.data(), rank);
  bool hasRows =
      !std::equal(found.data(), found.data() + rank, inputs[input]->sizes());
  return hasRows ? format("input '%s' has the faces of %s", port.name,
                          cells.c_str())
                 : format("input '%s' has %s", port.name, cells.c_str());
}

/// Sizes come, in ascending order of weight, from the script, from --size and
/// from the files of inputs; where the latter two, or two files, say different
/// things about a grid, that is told, with both.
std::vector<int64_t> FilePorts::sizes() const {
  std::vector<int64_t> sizes = defaultSizes(program);
  std::vector<int64_t> asked = readSizes(program, options.sizes);
  for (size_t i = 0; i < sizes.size(); ++i)
    if (asked[i])
      sizes[i] = asked[i];
  std::vector<int32_t> giver(program.num_grids, -1);
  for (int32_t input = 0; input < program.num_inputs; ++input) {
    if (!inputs[input] || isDerived(program.grids[program.inputs[input].grid]))
      continue;
    int32_t grid = program.inputs[input].grid;
    int32_t rank = program.grids[grid].rank;
    int64_t *own = sizes.data() + grid * PDE_MAX_RANK;
    auto found = cellsOf(input);
    bool isKnown = giver[grid] >= 0 || asked[grid * PDE_MAX_RANK];
    if (isKnown && !std::equal(own, own + rank, found.data()))
      fail("the sizes of grid %s disagree: %s, but %s",
           program.grids[grid].name, sizeClaim(input).c_str(),
           giver[grid] >= 0 ? sizeClaim(giver[grid]).c_str()
                            : ("--size gives " + cellsText(own, rank)).c_str());
    std::copy(found.begin(), found.begin() + rank, own);
    giver[grid] = input;
  }
  completeSizes(program, sizes);
  checkDerived(sizes);
  return sizes;
}

/// What lies on a grid of fewer axes has the sizes that follow.
void FilePorts::checkDerived(const std::vector<int64_t> &sizes) const {
  for (int32_t input = 0; input < program.num_inputs; ++input) {
    int32_t grid = program.inputs[input].grid;
    if (!inputs[input] || !isDerived(program.grids[grid]))
      continue;
    const int64_t *own = sizes.data() + grid * PDE_MAX_RANK;
    auto found = cellsOf(input);
    if (!std::equal(found.begin(), found.end(), own))
      fail("%s, but grid %s has %s", sizeClaim(input).c_str(),
           program.grids[grid].name,
           cellsText(own, program.grids[grid].rank).c_str());
  }
}

std::unique_ptr<AtomicFile> FilePorts::takeStandardOutput() {
  if (writesStandardOutput)
    fail("another output goes there");
  writesStandardOutput = true;
  return AtomicFile::standardOutput();
}

/// Opens an output file that is not yet the target of another.
void FilePorts::openTarget(std::unique_ptr<AtomicFile> &file,
                           const std::string &path) {
  auto opened = isStandardStream(path) ? takeStandardOutput()
                                       : std::make_unique<AtomicFile>(path);
  for (const std::unique_ptr<AtomicFile> &other : outputs)
    if (other && opened->isRegular() && other->target() == opened->target())
      fail("another output goes to the same file");
  file = std::move(opened);
}

/// Checks the room for all outputs so far that go to the same disk.
void FilePorts::checkSpace(const AtomicFile &file, int64_t bytes) {
  double &needed = neededSpace[file.device()];
  needed += static_cast<double>(bytes);
  file.checkSpace(needed);
}

/// The formats that are known for this kind of port.
static const char *knownFormats(const pde_port &port, bool isRecord) {
  if (port.grid < 0)
    return ".npy and .csv";
  return isRecord ? ".npy, .pvd and, 2-D, .png"
                  : ".npy, .csv, .png, .pgm and .vti";
}

static bool canHold(FileFormat format, const pde_port &port, bool isRecord) {
  switch (format) {
  case FileFormat::Npy:
    return true;
  case FileFormat::Csv:
    return !isRecord || port.grid < 0;
  case FileFormat::Png:
    return port.grid >= 0;
  case FileFormat::Pgm:
  case FileFormat::Vti:
    return !isRecord && port.grid >= 0;
  case FileFormat::Pvd:
    return isRecord && port.grid >= 0;
  case FileFormat::Unknown:
    break;
  }
  return false;
}

static void checkFormat(const std::string &path, const pde_program &program,
                        const pde_port &port, bool isRecord) {
  FileFormat wanted = formatOf(path);
  bool isByName =
      wanted != FileFormat::Unknown || (path != "-" && !isSpecialFile(path));
  bool isHeld = !isByName || canHold(wanted, port, isRecord);
  if (port.grid >= 0 && (isHeld || !isRecord))
    checkRank(wanted, program.grids[port.grid]);
  if (!isHeld)
    failUnknownFormat(knownFormats(port, isRecord));
  if (isStandardStream(path) && wanted != FileFormat::Csv &&
      isatty(STDOUT_FILENO))
    fail("it is a terminal, which shows text only: write '-.csv'");
}

/// Whether a state can be written, before a long run is made in vain.
void FilePorts::checkState() const {
  if (options.saveState.empty())
    return;
  try {
    AtomicFile file(options.saveState);
    for (const std::unique_ptr<AtomicFile> &other : outputs)
      if (other && file.isRegular() && other->target() == file.target())
        fail("an output goes to the same file");
  } catch (const Failure &failure) {
    fail("cannot save the state to %s: %s", quoted(options.saveState).c_str(),
         failure.message.c_str());
  }
}

void FilePorts::openOutput(const pde_context &ctx, int32_t output) {
  const std::string &path = outputPaths[output];
  const pde_port &port = written[output];
  bool isRecord = output >= program.num_outputs;
  try {
    checkFormat(path, program, port, isRecord);
    openTarget(outputs[output], path);
    if (isRecord)
      records.open(ctx, output - program.num_outputs, *outputs[output], path,
                   depth);
    else
      checkSpace(*outputs[output],
                 leastFileSize({formatOf(path), depth}, ctx.numElements(port),
                               ctx.elementSize()));
  } catch (const Failure &failure) {
    throw Failure{outputFailure(output, failure.message)};
  }
}

/// Before the run, which may take hours: no folder, no permission, no room on
/// the disk, a format that cannot hold the field. What can still fail after it
/// is told then.
void FilePorts::openOutputs(const pde_context &ctx) {
  for (const std::string &folder : outputFolders(options))
    folders.push_back(std::make_unique<MadeFolder>(folder));
  for (size_t output = 0; output < written.size(); ++output)
    if (!outputPaths[output].empty())
      openOutput(ctx, static_cast<int32_t>(output));
  checkState();
  try {
    if (!options.plot.empty())
      openTarget(plotFile, options.plot);
  } catch (const Failure &failure) {
    throw Failure{plotFailure(failure.message)};
  }
  try {
    if (!options.report.empty())
      openTarget(reportFile, options.report);
  } catch (const Failure &failure) {
    throw Failure{reportFailure(failure.message)};
  }
}

void FilePorts::read(pde_context &, int32_t input, void *data) {
  auto type = static_cast<pde_type>(program.type);
  if (isArray(program, program.inputs[input]))
    return weights.read(input, *inputs[input], data, type);
  try {
    inputs[input]->read(data, type);
  } catch (const Failure &failure) {
    throw Failure{inputFailure(input, failure.message)};
  }
}

void FilePorts::noteInput(pde_context &ctx, int32_t input, const void *data) {
  if (isPictureWanted())
    plot.noteInput(ctx, input, data);
}

void FilePorts::warn(int32_t line, const std::string &text) {
  if (!warnedLines.insert(line).second)
    return;
  progressLine.clear();
  std::fprintf(stderr, "%s: warning: %s\n", command.c_str(), text.c_str());
  warnings.push_back(text);
}

void FilePorts::noteLongSteps(pde_context &ctx, int32_t line, double multiple) {
  std::string text =
      longStepsText(program, ctx.params, ctx.sizes, line, multiple);
  if (!text.empty())
    warn(line, text);
}

void FilePorts::setAxis(int32_t grid, int32_t axis, double first,
                        double spacing) {
  positions[grid][axis] = {true, first, spacing};
}

void FilePorts::write(pde_context &ctx, int32_t output, const void *data) {
  const pde_port &port = program.outputs[output];
  if (isPictureWanted())
    plot.noteOutput(ctx, output, data);
  if (isSummedUp(output))
    summary[output] = summaryLine(
        ctx, output, computeStatistics(ctx, data, ctx.numElements(port)));
  if (!outputs[output])
    return;
  auto sizes = ctx.sizesOf(port);
  const pde_grid &grid = program.grids[port.grid];
  Field field = {port.name,
                 static_cast<pde_type>(program.type),
                 data,
                 isArray(grid) ? grid.extents : sizes.data(),
                 isArray(grid) ? grid.num_extents : grid.rank,
                 positionsOf(port, positions[port.grid])};
  try {
    writeField(*outputs[output], {formatOf(outputPaths[output]), depth}, field);
  } catch (const Failure &failure) {
    throw Failure{outputFailure(output, failure.message)};
  }
}

void FilePorts::writeNumber(pde_context &, int32_t output, double value) {
  const char *name = program.outputs[output].name;
  if (isSummedUp(output))
    summary[output] = format("%s: %.17g\n", name, value);
  if (!outputs[output])
    return;
  Field field = {name, PDE_F64, &value, nullptr, /*rank=*/0, {}};
  try {
    writeField(*outputs[output], {formatOf(outputPaths[output]), depth}, field);
  } catch (const Failure &failure) {
    throw Failure{outputFailure(output, failure.message)};
  }
}

void FilePorts::record(pde_context &ctx, int32_t record, int64_t step,
                       const void *data) {
  const pde_port &port = program.records[record].port;
  if (isPictureWanted() && program.records[record].columns)
    plot.noteRow(record, step, static_cast<const double *>(data));
  try {
    records.add(ctx, record, step, data,
                port.grid < 0 ? GridPositions() : positions[port.grid]);
  } catch (const Failure &failure) {
    throw Failure{outputFailure(program.num_outputs + record, failure.message)};
  }
}

/// Ends the files of records, and sums up those that have none.
void FilePorts::finishRecords(const pde_context &ctx) {
  for (int32_t record = 0; record < program.num_records; ++record) {
    int32_t output = program.num_outputs + record;
    if (isSummedUp(output))
      summary[output] = records.summary(ctx, record);
    try {
      records.finish(record);
    } catch (const Failure &failure) {
      throw Failure{outputFailure(output, failure.message)};
    }
  }
}

std::string FilePorts::plotFailure(const std::string &reason) const {
  return format("cannot write the plot to %s: %s",
                placeText(options.plot, "standard output").c_str(),
                reason.c_str());
}

std::string FilePorts::reportFailure(const std::string &reason) const {
  return format("cannot write the report to %s: %s",
                placeText(options.report, "standard output").c_str(),
                reason.c_str());
}

void FilePorts::closeOutputs() {
  for (size_t output = 0; output < outputs.size(); ++output)
    try {
      if (outputs[output])
        outputs[output]->close();
    } catch (const Failure &failure) {
      throw Failure{
          outputFailure(static_cast<int32_t>(output), failure.message)};
    }
}

void FilePorts::drawPlot(const pde_context &ctx) {
  try {
    Panel picture = plot.draw(ctx, positions, loopHistories, isUpwards());
    std::string text =
        hasEnding(options.plot, ".png") ? pngPicture(picture) : picture.svg;
    plotFile->write(text.data(), text.size());
    plotFile->close();
  } catch (const Failure &failure) {
    throw Failure{plotFailure(failure.message)};
  }
}

/// "X, 100 cells"; nothing for numbers.
static std::string portPlace(const pde_context &ctx, const pde_port &port) {
  if (port.grid < 0)
    return "";
  const pde_grid &grid = ctx.program.grids[port.grid];
  return format("%s, %s", grid.name,
                cellsText(ctx.sizesOf(port).data(), grid.rank).c_str());
}

std::vector<DataFact> FilePorts::inputFacts(const pde_context &ctx) const {
  std::vector<DataFact> facts;
  for (int32_t input = 0; input < program.num_inputs; ++input)
    facts.push_back({program.inputs[input].name,
                     portPlace(ctx, program.inputs[input]),
                     inputPaths[input].empty() ? "default of the script"
                                               : inputPaths[input],
                     ""});
  return facts;
}

std::vector<DataFact> FilePorts::outputFacts(const pde_context &ctx) const {
  std::vector<DataFact> facts;
  for (size_t output = 0; output < written.size(); ++output) {
    // What stands behind the name and the place.
    std::string values = summary[output];
    size_t colon = values.find(": ");
    values = colon == std::string::npos ? values : values.substr(colon + 2);
    facts.push_back({written[output].name, portPlace(ctx, written[output]),
                     outputPaths[output], values});
  }
  return facts;
}

void FilePorts::writeReport(const pde_context &ctx) {
  try {
    std::string text = runReport(
        {ctx, commandLine, inputFacts(ctx), outputFacts(ctx), warnings,
         loopHistories, plot.panels(ctx, positions, loopHistories, isUpwards()),
         profileText(ctx, command, loopHistories)});
    reportFile->write(text.data(), text.size());
    reportFile->close();
  } catch (const Failure &failure) {
    throw Failure{reportFailure(failure.message)};
  }
}

void FilePorts::printSummary() {
  progressLine.clear();
  if (options.quiet)
    return;
  // Standard output belongs to a field that is written there.
  for (size_t output = 0; output < summary.size(); ++output)
    if (!outputs[output])
      std::fputs(summary[output].c_str(),
                 writesStandardOutput ? stderr : stdout);
  if (std::fflush(stdout) != 0)
    fail("cannot write to standard output: %s", std::strerror(errno));
}

/// All files or none: see runtime/files/Publish.h. Folders made for them stay
/// only if the files do.
void FilePorts::publish() {
  std::vector<AtomicFile *> files;
  std::vector<int32_t> ports; // outputs of the files, but of plot and report
  for (size_t output = 0; output < outputs.size(); ++output)
    if (outputs[output]) {
      files.push_back(outputs[output].get());
      ports.push_back(static_cast<int32_t>(output));
    }
  for (const auto &[record, file] : records.snapshots()) {
    files.push_back(file.get());
    ports.push_back(program.num_outputs + record);
  }
  for (AtomicFile *file : {plotFile.get(), reportFile.get()})
    if (file)
      files.push_back(file);
  publishTogether(files, [&](size_t i, const std::string &reason) {
    if (i < ports.size())
      return outputFailure(ports[i], reason);
    return files[i] == plotFile.get() ? plotFailure(reason)
                                      : reportFailure(reason);
  });
  for (const std::unique_ptr<MadeFolder> &folder : folders)
    folder->keep();
}

void FilePorts::finish(const pde_context &ctx) {
  // All that can fail for want of space comes before the first file appears.
  finishRecords(ctx);
  closeOutputs();
  if (plotFile)
    drawPlot(ctx);
  if (reportFile)
    writeReport(ctx);
  printSummary();
  publish();
}
