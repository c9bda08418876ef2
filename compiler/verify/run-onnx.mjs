// Runs an ONNX model on data in files: verify --onnx calls
//   node run-onnx.mjs job.json
// with { module, model, runs: [{ feeds: [{ name, type, dims, file }],
// outputs: [{ name, file }] }] }; types are float32, float64 and int64. Files
// hold plain elements.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const arrays = {
  float32: Float32Array,
  float64: Float64Array,
  int64: BigInt64Array,
};

// Nothing of the user's data or machine is anybody's business.
process.env.ORT_DISABLE_TELEMETRY = '1';
const job = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const ort = createRequire(import.meta.url)(job.module);

function tensorOf(feed) {
  const bytes = readFileSync(feed.file);
  const Elements = arrays[feed.type];
  // A copy starts at a multiple of the element's size.
  const elements = new Elements(new Uint8Array(bytes).buffer);
  return new ort.Tensor(feed.type, elements, feed.dims);
}

const session = await ort.InferenceSession.create(job.model, {
  logSeverityLevel: 3,
});
for (const run of job.runs) {
  const feeds = {};
  for (const feed of run.feeds) feeds[feed.name] = tensorOf(feed);
  const results = await session.run(feeds);
  for (const output of run.outputs) {
    const { buffer, byteOffset, byteLength } = results[output.name].data;
    writeFileSync(output.file, new Uint8Array(buffer, byteOffset, byteLength));
  }
}
