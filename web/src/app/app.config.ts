import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { ErrorHandler, provideBrowserGlobalErrorListeners, type ApplicationConfig } from '@angular/core';
import { provideRouter, TitleStrategy, withComponentInputBinding, withInMemoryScrolling, withRouterConfig } from '@angular/router';
import { routes } from './app.routes';
import { navigation, searchSources } from './rooms';
import { connectionInterceptor } from './shell/connection';
import { NAVIGATION, SEARCH_SOURCES } from './shell/house';
import { PageTitle } from './shell/page-title';
import { signInAgainInterceptor } from './shell/sign-in-again';
import { UnexpectedErrors } from './shell/unexpected-errors';
import { problemInterceptor } from './ui/problem';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withRouterConfig({ paramsInheritanceStrategy: 'always' }),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled', anchorScrolling: 'enabled' }),
    ),
    provideHttpClient(withInterceptors([connectionInterceptor, signInAgainInterceptor, problemInterceptor])),
    { provide: ErrorHandler, useExisting: UnexpectedErrors },
    { provide: TitleStrategy, useExisting: PageTitle },
    { provide: NAVIGATION, useValue: navigation },
    { provide: SEARCH_SOURCES, useValue: searchSources },
  ],
};
