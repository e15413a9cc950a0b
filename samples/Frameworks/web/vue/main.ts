import { createApp } from 'vue';
import ProfilePicture from './ProfilePicture.vue';

createApp(ProfilePicture).mount('#app');
