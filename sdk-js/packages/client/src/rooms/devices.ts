/** A microphone; echoes and noise are taken out. @throws `DOMException` as `getUserMedia` does */
export async function openMicrophone(deviceId?: string): Promise<MediaStreamTrack> {
  const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...chosen(deviceId) };
  return first(await navigator.mediaDevices.getUserMedia({ audio }));
}

/** A camera, at most 1280 x 720. @throws `DOMException` as `getUserMedia` does */
export async function openCamera(deviceId?: string): Promise<MediaStreamTrack> {
  const size = { width: { ideal: 1_280 }, height: { ideal: 720 }, frameRate: { max: 30 } };
  return first(await navigator.mediaDevices.getUserMedia({ video: { ...size, ...chosen(deviceId) } }));
}

/** A screen or window that the user picks, with its sound where the browser gives it. */
export async function openScreen(): Promise<{ video: MediaStreamTrack; audio: MediaStreamTrack | undefined }> {
  const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 15 } }, audio: true });
  const [video] = stream.getVideoTracks();
  if (!video) throw new DOMException("nothing was chosen", "NotFoundError");
  video.contentHint = "detail";
  return { video, audio: stream.getAudioTracks()[0] };
}

const chosen = (deviceId: string | undefined): MediaTrackConstraints =>
  deviceId === undefined || deviceId === "" ? {} : { deviceId: { exact: deviceId } };

function first(stream: MediaStream): MediaStreamTrack {
  const [track] = stream.getTracks();
  if (!track) throw new DOMException("no device", "NotFoundError");
  return track;
}
