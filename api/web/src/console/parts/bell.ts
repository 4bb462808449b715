// A sound for cases; browsers allow one only after somebody pressed something on the page.
const KEPT = 'mealsvc-bell';
const TONES = [880, 660, 880] as const; // hertz
const LENGTH = 0.18; // seconds

export class Bell {
  #sound: AudioContext | null = null;

  /** Whether somebody wanted the sound on this computer. */
  get wanted(): boolean {
    try {
      return localStorage.getItem(KEPT) === 'on';
    } catch {
      return false; // a browser that keeps nothing
    }
  }

  /** Switch the sound on or off; call it when something was pressed. */
  want(on: boolean): void {
    try {
      localStorage.setItem(KEPT, on ? 'on' : 'off');
    } catch {
      // then it holds until the page is closed
    }
    if (on) this.allow();
    else this.#sound = null;
  }

  /** Get the sound ready; call it when something was pressed. */
  allow(): void {
    this.#sound ??= new AudioContext();
    void this.#sound.resume();
  }

  ring(): void {
    const sound = this.#sound;
    if (sound === null) return;
    TONES.forEach((tone, at) => {
      const voice = new OscillatorNode(sound, { frequency: tone });
      const loudness = new GainNode(sound, { gain: 0.2 });
      voice.connect(loudness).connect(sound.destination);
      voice.start(sound.currentTime + at * LENGTH);
      voice.stop(sound.currentTime + (at + 0.8) * LENGTH);
    });
  }
}
