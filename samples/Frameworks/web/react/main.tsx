// React 19 passes props to custom elements as properties and listens to their events: "on" and the event's name.
import 'direct-upload/react'; // registers <direct-upload> and types it in JSX
import { type FormEvent, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { type Profile, saveProfile } from '../profile';

function ProfilePicture() {
  const [name, setName] = useState('');
  const [pictureId, setPictureId] = useState('');
  const [progress, setProgress] = useState(0);
  const [error, setError] = useState('');
  const [saved, setSaved] = useState<Profile>();

  async function save(event: FormEvent) {
    event.preventDefault();
    try {
      setSaved(await saveProfile({ name, pictureId }));
      setError('');
    } catch (refused) {
      setError((refused as Error).message);
    }
  }

  return (
    <>
      <form onSubmit={save}>
        <label>Name <input name="name" value={name} onChange={(event) => setName(event.target.value)} required /></label>
        <direct-upload
          name="pictureId" profile="picture" accept="image/*" max-size={5_000_000} required block-submit
          value={pictureId}
          onChange={(event) => setPictureId(event.currentTarget.value)}
          onupload-progress={(event) => setProgress(event.detail.upload.progress.fraction)}
        />
        <button>{progress > 0 && progress < 1 ? `Uploading: ${Math.round(progress * 100)} %` : 'Save'}</button>
        <p role="alert">{error}</p>
      </form>
      {saved && <figure><img src={saved.pictureUrl} alt="" /><figcaption>{saved.name}</figcaption></figure>}
    </>
  );
}

createRoot(document.querySelector('#app')!).render(<ProfilePicture />);
