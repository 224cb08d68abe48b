import type { News, NewsFollower } from './port.ts';

export interface NewsDesk {
  /** Passes on what has just been kept; a follower's own failure stops nobody. */
  tell(news: readonly News[]): void;
  /** Something may have been told that nobody here heard. */
  missed(): void;
  follow(follower: NewsFollower): () => void;
}

/** Passes news on within this process. */
export function newsDesk(): NewsDesk {
  const followers = new Set<NewsFollower>();
  return {
    tell(news) {
      for (const one of news) for (const follower of followers) follower.heard(one);
    },
    missed() {
      for (const follower of followers) follower.missed();
    },
    follow(follower) {
      followers.add(follower);
      return () => void followers.delete(follower);
    },
  };
}
