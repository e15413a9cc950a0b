import { mount } from 'svelte';
import ProfilePicture from './ProfilePicture.svelte';

mount(ProfilePicture, { target: document.querySelector('#app')! });
