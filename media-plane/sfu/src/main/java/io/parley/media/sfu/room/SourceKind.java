package io.parley.media.sfu.room;

/** What a publication shows or lets hear. */
public enum SourceKind {
    MICROPHONE(false),
    CAMERA(true),
    SCREEN(true),
    SCREEN_AUDIO(false);

    private final boolean video;

    SourceKind(boolean video) {
        this.video = video;
    }

    public boolean isVideo() {
        return video;
    }
}
