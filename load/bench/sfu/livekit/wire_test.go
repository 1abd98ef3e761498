package livekit

import "testing"

func TestADescriptionSurvivesTheWire(t *testing.T) {
	want := description{"offer", "v=0", 7}
	got, err := parseDescription(want.encode())
	if err != nil || got != want {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestARequestSaysWhatItIs(t *testing.T) {
	all, err := fields(request(requestAddTrack, addTrack("camera", true)))
	if err != nil || len(all) != 1 || all[0].number != requestAddTrack {
		t.Fatalf("got %v, %v", all, err)
	}
	track, err := fields(all[0].bytes)
	if err != nil || string(track[0].bytes) != "camera" || track[2].value != kindVideo {
		t.Errorf("got %v, %v", track, err)
	}
}

func TestWhatIsCutOffIsAnError(t *testing.T) {
	whole := description{"answer", "v=0", 1}.encode()
	for length := 1; length < len(whole); length++ { // after 8 and 13 bytes a field is complete
		if _, err := fields(whole[:length]); err == nil && length != 8 && length != 13 {
			t.Errorf("%d bytes were taken for a message", length)
		}
	}
}
