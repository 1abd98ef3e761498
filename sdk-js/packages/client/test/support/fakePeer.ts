import type { RtcPlatform } from "../../src/rooms/index.js";

class FakeSender {
  track: MediaStreamTrack | null = null;
  parameters: { encodings: { active: boolean; rid?: string | undefined; scaleResolutionDownBy?: number }[] };

  constructor(encodings: readonly RTCRtpEncodingParameters[]) {
    this.parameters = { encodings: encodings.map((encoding) => ({ ...encoding, active: true })) };
  }

  replaceTrack(track: MediaStreamTrack | null): Promise<void> {
    this.track = track;
    return Promise.resolve();
  }

  getParameters(): FakeSender["parameters"] {
    return structuredClone(this.parameters);
  }

  setParameters(parameters: FakeSender["parameters"]): Promise<void> {
    this.parameters = parameters;
    return Promise.resolve();
  }
}

interface FakeTransceiver {
  readonly kind: string;
  readonly direction: string | undefined;
  mid: string | null;
  readonly sender: FakeSender;
  readonly receiver: { readonly track: MediaStreamTrack };
  preferences: string[];
  setCodecPreferences(codecs: readonly { mimeType: string }[]): void;
}

/** As much of a peer connection as rooms use; the path is what a test says it is. */
export class FakePeer {
  readonly transceivers: FakeTransceiver[] = [];
  readonly answers: string[] = [];
  connectionState: RTCPeerConnectionState = "new";
  onconnectionstatechange: (() => void) | null = null;
  localDescription: { sdp: string } | null = null;
  offers = 0;
  closed = false;
  padding = 0;

  addTransceiver(kind: string, init: RTCRtpTransceiverInit): FakeTransceiver {
    const transceiver: FakeTransceiver = {
      kind,
      direction: init.direction,
      mid: null,
      sender: new FakeSender(init.sendEncodings ?? [{}]),
      receiver: { track: fakeTrack(kind) },
      preferences: [],
      setCodecPreferences(codecs) {
        transceiver.preferences = codecs.map(({ mimeType }) => mimeType);
      },
    };
    this.transceivers.push(transceiver);
    return transceiver;
  }

  createOffer({ iceRestart = false }: { iceRestart?: boolean } = {}): Promise<{ sdp: string }> {
    this.offers += 1;
    const sections = this.transceivers.map(({ kind, direction }) => `m=${kind} ${direction ?? ""}`).join("\n");
    return Promise.resolve({ sdp: `${iceRestart ? "restart" : "join"}\n${sections}${"x".repeat(this.padding)}` });
  }

  setLocalDescription(description: { sdp: string }): Promise<void> {
    this.localDescription = description;
    this.transceivers.forEach((transceiver, index) => (transceiver.mid = String(index)));
    return Promise.resolve();
  }

  setRemoteDescription({ sdp }: { sdp: string }): Promise<void> {
    if (sdp === "broken") return Promise.reject(new Error("no description"));
    this.answers.push(sdp);
    return Promise.resolve();
  }

  /** The path changes. */
  is(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  close(): void {
    this.closed = true;
  }
}

export const fakeTrack = (kind: string, settings: MediaTrackSettings = {}): MediaStreamTrack =>
  ({ kind, enabled: true, stop: () => undefined, getSettings: () => settings }) as unknown as MediaStreamTrack;

/** Makes fake peers and keeps them, the newest last. */
export class FakePlatform implements RtcPlatform {
  readonly peers: FakePeer[] = [];
  padding = 0;

  get peer(): () => RTCPeerConnection {
    return () => {
      const peer = new FakePeer();
      peer.padding = this.padding;
      this.peers.push(peer);
      return peer as unknown as RTCPeerConnection;
    };
  }

  get newest(): FakePeer {
    const peer = this.peers.at(-1);
    if (!peer) throw new Error("no peer was made");
    return peer;
  }

  capabilities(): { codecs: RTCRtpCapabilities["codecs"] } {
    const video = (name: string, sdpFmtpLine?: string) => ({
      mimeType: `video/${name}`,
      clockRate: 90_000,
      ...(sdpFmtpLine === undefined ? {} : { sdpFmtpLine }),
    });
    return {
      codecs: [
        video("AV1", "level-idx=5;profile=0;tier=0"),
        video("H264", "level-asymmetry-allowed=1;packetization-mode=0;profile-level-id=42e01f"),
        video("H264", "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"),
        video("VP9", "profile-id=2"),
        video("VP9", "profile-id=0"),
        video("VP8"),
        video("rtx"),
        video("ulpfec"),
      ],
    };
  }
}
