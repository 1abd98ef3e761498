import { ParleyError } from "../base/errors.js";
import type { TrackIntent, TrackKind } from "../wire/types.js";
import { cameraEncodings, cameraScales, preferred, screenEncodings } from "./codecs.js";
import type { LocalMedia, RtcPlatform, VideoCodec } from "./types.js";

/** Kinds in the order of their sections. */
export const KINDS: readonly TrackKind[] = ["MICROPHONE", "CAMERA", "SCREEN", "SCREEN_AUDIO"];

/** What a {@link Peer} is made of. */
export interface PeerSetup {
  readonly platform: RtcPlatform;
  readonly rtc: RTCConfiguration;
  readonly codec: VideoCodec;
  readonly videoSlots: number;
  readonly audioSlots: number;
  readonly offerBytesMax: number;
  /** The path came, broke or ended. */
  readonly changed: (state: RTCPeerConnectionState) => void;
}

/**
 * One peer connection with all its sections from the first offer on: four to send in and fixed slots to receive in.
 * Whatever happens in the room, there is nothing to negotiate again but the path.
 */
export class Peer {
  readonly connection: RTCPeerConnection;
  readonly #setup: PeerSetup;
  readonly #senders: Readonly<Record<TrackKind, RTCRtpTransceiver>>;
  readonly #slots: readonly RTCRtpTransceiver[];
  #adjusted: Promise<void> = Promise.resolve();

  constructor(setup: PeerSetup) {
    this.#setup = setup;
    this.connection = setup.platform.peer({ bundlePolicy: "max-bundle", ...setup.rtc });
    const add = (media: "audio" | "video", init: RTCRtpTransceiverInit): RTCRtpTransceiver => this.#add(media, init);
    this.#senders = {
      MICROPHONE: add("audio", { direction: "sendonly" }),
      CAMERA: add("video", { direction: "sendonly", sendEncodings: cameraEncodings(setup.codec) }),
      SCREEN: add("video", { direction: "sendonly", sendEncodings: screenEncodings() }),
      SCREEN_AUDIO: add("audio", { direction: "sendonly" }),
    };
    this.#slots = [
      ...Array.from({ length: setup.audioSlots }, () => add("audio", { direction: "recvonly" })),
      ...Array.from({ length: setup.videoSlots }, () => add("video", { direction: "recvonly" })),
    ];
    this.connection.onconnectionstatechange = () => {
      setup.changed(this.connection.connectionState);
    };
  }

  /** The offer; with `iceRestart` the same sections with fresh credentials. Candidates need not be waited for. */
  async offer(iceRestart = false): Promise<string> {
    const offer = await this.connection.createOffer(iceRestart ? { iceRestart } : {});
    await this.connection.setLocalDescription(offer);
    const sdp = this.connection.localDescription?.sdp ?? offer.sdp ?? "";
    if (new TextEncoder().encode(sdp).length > this.#setup.offerBytesMax)
      throw new ParleyError("PAYLOAD_TOO_LARGE", "the offer is too large: ask for fewer slots");
    return sdp;
  }

  async answer(sdp: string): Promise<void> {
    try {
      await this.connection.setRemoteDescription({ type: "answer", sdp });
    } catch (cause) {
      throw new ParleyError("BAD_SERVER", "the answer cannot be used", { cause });
    }
  }

  /** What the sections to send in carry; their ids are known once there is an offer. */
  intents(isMuted: (kind: TrackKind) => boolean): TrackIntent[] {
    return KINDS.map((kind) => ({ mid: this.midOf(kind), kind, muted: isMuted(kind) }));
  }

  midOf(kind: TrackKind): string {
    return this.#senders[kind].mid ?? "";
  }

  async send(kind: TrackKind, track: MediaStreamTrack | undefined): Promise<void> {
    await this.#senders[kind].sender.replaceTrack(track ?? null);
    if (kind === "CAMERA" && track) await this.#scaleTo(track.getSettings());
  }

  async sendAll(media: LocalMedia): Promise<void> {
    await Promise.all(KINDS.map((kind) => this.send(kind, media[kind])));
  }

  /** Encodes layers up to `topLayer` only; -1 = none. */
  async encodeUpTo(kind: TrackKind, topLayer: number): Promise<void> {
    await this.#adjust(kind, (encoding, layer) => {
      const isChanged = encoding.active !== layer <= topLayer;
      encoding.active = layer <= topLayer;
      return isChanged;
    });
  }

  async #scaleTo(settings: MediaTrackSettings): Promise<void> {
    const scales = cameraScales(settings);
    await this.#adjust("CAMERA", (encoding, layer) => {
      const isChanged = encoding.scaleResolutionDownBy !== scales[layer];
      encoding.scaleResolutionDownBy = scales[layer] ?? 1;
      return isChanged;
    });
  }

  /** Changes encodings where `change` says true; one after the other, as browsers refuse a change beside another. */
  #adjust(kind: TrackKind, change: (encoding: RTCRtpEncodingParameters, layer: number) => boolean): Promise<void> {
    const turn = this.#adjusted.then(async () => {
      const { sender } = this.#senders[kind];
      const parameters = sender.getParameters();
      const changes = parameters.encodings.map(change);
      if (changes.includes(true)) await sender.setParameters(parameters);
    });
    this.#adjusted = turn.catch(() => undefined);
    return turn;
  }

  /** What arrives in the slot with this section id. */
  slot(mid: string): MediaStreamTrack | undefined {
    return this.#slots.find((transceiver) => transceiver.mid === mid)?.receiver.track;
  }

  close(): void {
    this.connection.onconnectionstatechange = null;
    this.connection.close();
  }

  #add(media: "audio" | "video", init: RTCRtpTransceiverInit): RTCRtpTransceiver {
    const transceiver = this.connection.addTransceiver(media, init);
    const codecs = media === "video" ? this.#setup.platform.capabilities(media)?.codecs : undefined;
    const chosen = codecs ? preferred(codecs, this.#setup.codec) : [];
    if (chosen.length > 0) transceiver.setCodecPreferences(chosen);
    return transceiver;
  }
}

/** The browser's own. @throws {@link ParleyError} `INVALID_REQUEST` where there is no WebRTC */
export const browserPlatform: RtcPlatform = {
  peer: (configuration) => {
    if (typeof RTCPeerConnection === "undefined")
      throw new ParleyError("INVALID_REQUEST", "this platform has no WebRTC: pass `platform`");
    return new RTCPeerConnection(configuration);
  },
  capabilities: (kind) => (typeof RTCRtpReceiver === "undefined" ? null : RTCRtpReceiver.getCapabilities(kind)),
};
