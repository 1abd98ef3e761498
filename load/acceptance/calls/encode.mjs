// In the page: a short moving picture, encoded, for a client that has no encoder of its own.
const WIDTH = 320;
const HEIGHT = 180;
const FRAMES = 30;
const FRAME_MICROS = 1_000_000 / 15;
const BITRATE_BPS = 200_000;

const settings = {
  VP8: { codec: "vp8" },
  VP9: { codec: "vp09.00.10.08" },
  H264: { codec: "avc1.42E01F", avc: { format: "annexb" } },
  AV1: { codec: "av01.0.04M.08" },
};

/** The frames as base64, the first of them a key frame; null when this build cannot. */
export async function encode(name) {
  const config = { ...settings[name], width: WIDTH, height: HEIGHT, bitrate: BITRATE_BPS, latencyMode: "realtime" };
  const { supported } = await VideoEncoder.isConfigSupported(config);
  if (!supported) return null;
  const frames = [];
  const { promise: failed, reject } = Promise.withResolvers();
  const encoder = new VideoEncoder({ output: (chunk) => frames.push(base64(chunk)), error: reject });
  encoder.configure(config);
  for (let number = 0; number < FRAMES; number++) {
    const frame = new VideoFrame(drawn(number), { timestamp: Math.round(number * FRAME_MICROS) });
    encoder.encode(frame, { keyFrame: number === 0 });
    frame.close();
  }
  await Promise.race([encoder.flush(), failed]);
  encoder.close();
  return frames;
}

function drawn(number) {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext("2d");
  context.fillStyle = "#0e6a5b";
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = "#f3d08a";
  context.fillRect((number * WIDTH) / FRAMES, HEIGHT / 3, WIDTH / 8, HEIGHT / 3);
  return canvas;
}

function base64(chunk) {
  const bytes = new Uint8Array(chunk.byteLength);
  chunk.copyTo(bytes);
  return btoa(String.fromCharCode(...bytes));
}
