//! A browser without scripts: keeps the cookie, follows redirects and presses buttons.

use reqwest::{Client, Method, RequestBuilder, header, redirect::Policy};
use url::Url;

use crate::page::{InLanguage, Page};

/// What is entered into a form: these `fields`, of which `changes` are filled in otherwise.
pub(crate) fn filled<'f>(
    fields: &[(&'f str, &'f str)],
    changes: &[(&'f str, &'f str)],
) -> Vec<(&'f str, &'f str)> {
    let is_changed = |name: &str| changes.iter().any(|(changed, _)| *changed == name);
    let unchanged = fields.iter().filter(|(name, _)| !is_changed(name));
    unchanged.chain(changes).copied().collect()
}

/// One person's browser.
pub(crate) struct Browser {
    client: Client,
    portal: Url,
    /// The portal's cookie, as `name=value`.
    pub(crate) cookie: Option<String>,
    /// `Accept-Language`.
    pub(crate) prefers: Option<&'static str>,
    /// `Sec-Fetch-Site` of forms: whose page sent them.
    pub(crate) site: &'static str,
    /// Whether forms say which page has them (`Referer`).
    pub(crate) names_page: bool,
    /// `Sec-Fetch-Site` of links, which old browsers leave out.
    pub(crate) came_from: Option<&'static str>,
}

impl Browser {
    pub(crate) fn at(portal: &str) -> Self {
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let client = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        Self {
            client,
            portal: portal.parse().unwrap(),
            cookie: None,
            prefers: None,
            site: "same-origin",
            names_page: true,
            came_from: None,
        }
    }

    /// Opens an address and follows redirects to a page, also through the identity service.
    pub(crate) async fn open(&mut self, address: &str) -> Page {
        let page = self.get(address).await;
        self.follow(page).await
    }

    /// Opens an address and stays there.
    pub(crate) async fn get(&mut self, address: &str) -> Page {
        let url = self.portal.join(address).unwrap();
        self.send(Method::GET, url, |request| request).await
    }

    /// Asks for the headers of an address only.
    pub(crate) async fn head(&mut self, address: &str) -> Page {
        let url = self.portal.join(address).unwrap();
        self.send(Method::HEAD, url, |request| request).await
    }

    /// Presses the button with this text, in its form, with these values entered.
    pub(crate) async fn press(
        &mut self,
        page: &Page,
        label: &str,
        entered: &[(&str, &str)],
    ) -> Page {
        let (target, mut fields) = page.button(label);
        fields
            .extend(entered.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let page = self.post(page.url.as_str(), &target, &fields).await;
        self.follow(page).await
    }

    /// Chooses the language with this name in the masthead, with these values typed into the page's form.
    pub(crate) async fn read_in(
        &mut self,
        page: &Page,
        name: &str,
        typed: &[(&str, &str)],
    ) -> Page {
        match page.in_language(name, typed) {
            InLanguage::At(address) => self.open(&address).await,
            InLanguage::Sent { target, fields } => {
                let sent = self.post(page.url.as_str(), &target, &fields).await;
                self.follow(sent).await
            }
        }
    }

    /// Posts a form of the page at `from`.
    pub(crate) async fn post(
        &mut self,
        from: &str,
        target: &str,
        fields: &[(String, String)],
    ) -> Page {
        let from = self.portal.join(from).unwrap();
        let target = from.join(target).unwrap();
        let (site, names_page) = (self.site, self.names_page);
        self.send(Method::POST, target, |request| {
            let request = request.header("sec-fetch-site", site).form(fields);
            if names_page { request.header(header::REFERER, from.as_str()) } else { request }
        })
        .await
    }

    /// Follows the redirects that begin with `page`.
    pub(crate) async fn follow(&mut self, mut page: Page) -> Page {
        for _ in 0..10 {
            let Some(next) = page.location() else { return page };
            page = self.send(Method::GET, next, |request| request).await;
        }
        panic!("redirected in circles: {page:?}");
    }

    async fn send(
        &mut self,
        method: Method,
        url: Url,
        complete: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Page {
        let is_portal = url.origin() == self.portal.origin();
        let mut request = self.client.request(method, url.clone());
        if let Some(cookie) = self.cookie.as_ref().filter(|_| is_portal) {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(came_from) = self.came_from {
            request = request.header("sec-fetch-site", came_from);
        }
        if let Some(prefers) = self.prefers {
            request = request.header(header::ACCEPT_LANGUAGE, prefers);
        }
        let response = complete(request).send().await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let is_removed = pair.ends_with('=');
            self.cookie = (!is_removed).then(|| pair.to_owned());
        }
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Page { url, status, headers, html: response.text().await.unwrap() }
    }
}
