// Angular binds properties and events of elements that CUSTOM_ELEMENTS_SCHEMA allows; the reference #picture is typed.
import 'direct-upload'; // registers <direct-upload>
import { Component, CUSTOM_ELEMENTS_SCHEMA, provideZonelessChangeDetection, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { type Profile, saveProfile } from '../profile.js';

@Component({
  selector: 'profile-picture',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <form (submit)="save($event)">
      <label>Name <input #text name="name" [value]="name()" (input)="name.set(text.value)" required></label>
      <direct-upload #picture
        name="pictureId" profile="picture" accept="image/*" max-size="5000000" required block-submit
        [value]="pictureId()"
        (change)="pictureId.set(picture.value)"
        (upload-progress)="progress.set($event.detail.upload.progress.fraction)"></direct-upload>
      <button>{{ progress() > 0 && progress() < 1 ? 'Uploading: ' + (progress() * 100).toFixed() + ' %' : 'Save' }}</button>
      <p role="alert">{{ error() }}</p>
    </form>
    @if (saved(); as profile) {
      <figure><img [src]="profile.pictureUrl" alt=""><figcaption>{{ profile.name }}</figcaption></figure>
    }`,
})
export class ProfilePicture {
  readonly name = signal('');
  readonly pictureId = signal('');
  readonly progress = signal(0);
  readonly error = signal('');
  readonly saved = signal<Profile | undefined>(undefined);

  async save(event: Event) {
    event.preventDefault();
    try {
      this.saved.set(await saveProfile({ name: this.name(), pictureId: this.pictureId() }));
      this.error.set('');
    } catch (refused) {
      this.error.set((refused as Error).message);
    }
  }
}

bootstrapApplication(ProfilePicture, { providers: [provideZonelessChangeDetection()] });
