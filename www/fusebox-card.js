// Fusebox card 1.0.0 02df907d3af69d37: made from card/ by `make card`. Apache-2.0; with Lit, BSD-3-Clause, Google LLC.
var be=globalThis,we=be.ShadowRoot&&(be.ShadyCSS===void 0||be.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,Ge=Symbol(),Tt=new WeakMap,oe=class{constructor(e,n,s){if(this._$cssResult$=!0,s!==Ge)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=n}get styleSheet(){let e=this.o,n=this.t;if(we&&e===void 0){let s=n!==void 0&&n.length===1;s&&(e=Tt.get(n)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),s&&Tt.set(n,e))}return e}toString(){return this.cssText}},Ct=t=>new oe(typeof t=="string"?t:t+"",void 0,Ge),g=(t,...e)=>{let n=t.length===1?t[0]:e.reduce((s,r,a)=>s+(o=>{if(o._$cssResult$===!0)return o.cssText;if(typeof o=="number")return o;throw Error("Value passed to 'css' function must be a 'css' function result: "+o+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(r)+t[a+1],t[0]);return new oe(n,t,Ge)},Ht=(t,e)=>{if(we)t.adoptedStyleSheets=e.map(n=>n instanceof CSSStyleSheet?n:n.styleSheet);else for(let n of e){let s=document.createElement("style"),r=be.litNonce;r!==void 0&&s.setAttribute("nonce",r),s.textContent=n.cssText,t.appendChild(s)}},Ve=we?t=>t:t=>t instanceof CSSStyleSheet?(e=>{let n="";for(let s of e.cssRules)n+=s.cssText;return Ct(n)})(t):t;var{is:ws,defineProperty:vs,getOwnPropertyDescriptor:xs,getOwnPropertyNames:$s,getOwnPropertySymbols:ks,getPrototypeOf:As}=Object,ve=globalThis,Pt=ve.trustedTypes,Ss=Pt?Pt.emptyScript:"",Ms=ve.reactiveElementPolyfillSupport,ie=(t,e)=>t,Ye={toAttribute(t,e){switch(e){case Boolean:t=t?Ss:null;break;case Object:case Array:t=t==null?t:JSON.stringify(t)}return t},fromAttribute(t,e){let n=t;switch(e){case Boolean:n=t!==null;break;case Number:n=t===null?null:Number(t);break;case Object:case Array:try{n=JSON.parse(t)}catch{n=null}}return n}},zt=(t,e)=>!ws(t,e),Lt={attribute:!0,type:String,converter:Ye,reflect:!1,useDefault:!1,hasChanged:zt};Symbol.metadata??=Symbol("metadata"),ve.litPropertyMetadata??=new WeakMap;var P=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,n=Lt){if(n.state&&(n.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((n=Object.create(n)).wrapped=!0),this.elementProperties.set(e,n),!n.noAccessor){let s=Symbol(),r=this.getPropertyDescriptor(e,s,n);r!==void 0&&vs(this.prototype,e,r)}}static getPropertyDescriptor(e,n,s){let{get:r,set:a}=xs(this.prototype,e)??{get(){return this[n]},set(o){this[n]=o}};return{get:r,set(o){let i=r?.call(this);a?.call(this,o),this.requestUpdate(e,i,s)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??Lt}static _$Ei(){if(this.hasOwnProperty(ie("elementProperties")))return;let e=As(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(ie("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(ie("properties"))){let n=this.properties,s=[...$s(n),...ks(n)];for(let r of s)this.createProperty(r,n[r])}let e=this[Symbol.metadata];if(e!==null){let n=litPropertyMetadata.get(e);if(n!==void 0)for(let[s,r]of n)this.elementProperties.set(s,r)}this._$Eh=new Map;for(let[n,s]of this.elementProperties){let r=this._$Eu(n,s);r!==void 0&&this._$Eh.set(r,n)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let n=[];if(Array.isArray(e)){let s=new Set(e.flat(1/0).reverse());for(let r of s)n.unshift(Ve(r))}else e!==void 0&&n.push(Ve(e));return n}static _$Eu(e,n){let s=n.attribute;return s===!1?void 0:typeof s=="string"?s:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,n=this.constructor.elementProperties;for(let s of n.keys())this.hasOwnProperty(s)&&(e.set(s,this[s]),delete this[s]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return Ht(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,n,s){this._$AK(e,s)}_$ET(e,n){let s=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,s);if(r!==void 0&&s.reflect===!0){let a=(s.converter?.toAttribute!==void 0?s.converter:Ye).toAttribute(n,s.type);this._$Em=e,a==null?this.removeAttribute(r):this.setAttribute(r,a),this._$Em=null}}_$AK(e,n){let s=this.constructor,r=s._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let a=s.getPropertyOptions(r),o=typeof a.converter=="function"?{fromAttribute:a.converter}:a.converter?.fromAttribute!==void 0?a.converter:Ye;this._$Em=r;let i=o.fromAttribute(n,a.type);this[r]=i??this._$Ej?.get(r)??i,this._$Em=null}}requestUpdate(e,n,s,r=!1,a){if(e!==void 0){let o=this.constructor;if(r===!1&&(a=this[e]),s??=o.getPropertyOptions(e),!((s.hasChanged??zt)(a,n)||s.useDefault&&s.reflect&&a===this._$Ej?.get(e)&&!this.hasAttribute(o._$Eu(e,s))))return;this.C(e,n,s)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,n,{useDefault:s,reflect:r,wrapped:a},o){s&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,o??n??this[e]),a!==!0||o!==void 0)||(this._$AL.has(e)||(this.hasUpdated||s||(n=void 0),this._$AL.set(e,n)),r===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(n){Promise.reject(n)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[r,a]of this._$Ep)this[r]=a;this._$Ep=void 0}let s=this.constructor.elementProperties;if(s.size>0)for(let[r,a]of s){let{wrapped:o}=a,i=this[r];o!==!0||this._$AL.has(r)||i===void 0||this.C(r,void 0,a,i)}}let e=!1,n=this._$AL;try{e=this.shouldUpdate(n),e?(this.willUpdate(n),this._$EO?.forEach(s=>s.hostUpdate?.()),this.update(n)):this._$EM()}catch(s){throw e=!1,this._$EM(),s}e&&this._$AE(n)}willUpdate(e){}_$AE(e){this._$EO?.forEach(n=>n.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(n=>this._$ET(n,this[n])),this._$EM()}updated(e){}firstUpdated(e){}};P.elementStyles=[],P.shadowRootOptions={mode:"open"},P[ie("elementProperties")]=new Map,P[ie("finalized")]=new Map,Ms?.({ReactiveElement:P}),(ve.reactiveElementVersions??=[]).push("2.1.2");var Ze=globalThis,Nt=t=>t,xe=Ze.trustedTypes,Wt=xe?xe.createPolicy("lit-html",{createHTML:t=>t}):void 0,Xe="$lit$",L=`lit$${Math.random().toFixed(9).slice(2)}$`,Je="?"+L,Os=`<${Je}>`,q=document,de=()=>q.createComment(""),ue=t=>t===null||typeof t!="object"&&typeof t!="function",Qe=Array.isArray,Dt=t=>Qe(t)||typeof t?.[Symbol.iterator]=="function",qe=`[ 	
\f\r]`,le=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,It=/-->/g,Ut=/>/g,V=RegExp(`>|${qe}(?:([^\\s"'>=/]+)(${qe}*=${qe}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),Bt=/'/g,Ft=/"/g,Kt=/^(?:script|style|textarea|title)$/i,et=t=>(e,...n)=>({_$litType$:t,strings:e,values:n}),u=et(1),I=et(2),ga=et(3),A=Symbol.for("lit-noChange"),m=Symbol.for("lit-nothing"),jt=new WeakMap,Y=q.createTreeWalker(q,129);function Gt(t,e){if(!Qe(t)||!t.hasOwnProperty("raw"))throw Error("invalid template strings array");return Wt!==void 0?Wt.createHTML(e):e}var Vt=(t,e)=>{let n=t.length-1,s=[],r,a=e===2?"<svg>":e===3?"<math>":"",o=le;for(let i=0;i<n;i++){let l=t[i],d,p,c=-1,f=0;for(;f<l.length&&(o.lastIndex=f,p=o.exec(l),p!==null);)f=o.lastIndex,o===le?p[1]==="!--"?o=It:p[1]!==void 0?o=Ut:p[2]!==void 0?(Kt.test(p[2])&&(r=RegExp("</"+p[2],"g")),o=V):p[3]!==void 0&&(o=V):o===V?p[0]===">"?(o=r??le,c=-1):p[1]===void 0?c=-2:(c=o.lastIndex-p[2].length,d=p[1],o=p[3]===void 0?V:p[3]==='"'?Ft:Bt):o===Ft||o===Bt?o=V:o===It||o===Ut?o=le:(o=V,r=void 0);let w=o===V&&t[i+1].startsWith("/>")?" ":"";a+=o===le?l+Os:c>=0?(s.push(d),l.slice(0,c)+Xe+l.slice(c)+L+w):l+L+(c===-2?i:w)}return[Gt(t,a+(t[n]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),s]},ce=class t{constructor({strings:e,_$litType$:n},s){let r;this.parts=[];let a=0,o=0,i=e.length-1,l=this.parts,[d,p]=Vt(e,n);if(this.el=t.createElement(d,s),Y.currentNode=this.el.content,n===2||n===3){let c=this.el.content.firstChild;c.replaceWith(...c.childNodes)}for(;(r=Y.nextNode())!==null&&l.length<i;){if(r.nodeType===1){if(r.hasAttributes())for(let c of r.getAttributeNames())if(c.endsWith(Xe)){let f=p[o++],w=r.getAttribute(c).split(L),k=/([.?@])?(.*)/.exec(f);l.push({type:1,index:a,name:k[2],strings:w,ctor:k[1]==="."?ke:k[1]==="?"?Ae:k[1]==="@"?Se:X}),r.removeAttribute(c)}else c.startsWith(L)&&(l.push({type:6,index:a}),r.removeAttribute(c));if(Kt.test(r.tagName)){let c=r.textContent.split(L),f=c.length-1;if(f>0){r.textContent=xe?xe.emptyScript:"";for(let w=0;w<f;w++)r.append(c[w],de()),Y.nextNode(),l.push({type:2,index:++a});r.append(c[f],de())}}}else if(r.nodeType===8)if(r.data===Je)l.push({type:2,index:a});else{let c=-1;for(;(c=r.data.indexOf(L,c+1))!==-1;)l.push({type:7,index:a}),c+=L.length-1}a++}}static createElement(e,n){let s=q.createElement("template");return s.innerHTML=e,s}};function Z(t,e,n=t,s){if(e===A)return e;let r=s!==void 0?n._$Co?.[s]:n._$Cl,a=ue(e)?void 0:e._$litDirective$;return r?.constructor!==a&&(r?._$AO?.(!1),a===void 0?r=void 0:(r=new a(t),r._$AT(t,n,s)),s!==void 0?(n._$Co??=[])[s]=r:n._$Cl=r),r!==void 0&&(e=Z(t,r._$AS(t,e.values),r,s)),e}var $e=class{constructor(e,n){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=n}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:n},parts:s}=this._$AD,r=(e?.creationScope??q).importNode(n,!0);Y.currentNode=r;let a=Y.nextNode(),o=0,i=0,l=s[0];for(;l!==void 0;){if(o===l.index){let d;l.type===2?d=new te(a,a.nextSibling,this,e):l.type===1?d=new l.ctor(a,l.name,l.strings,this,e):l.type===6&&(d=new Me(a,this,e)),this._$AV.push(d),l=s[++i]}o!==l?.index&&(a=Y.nextNode(),o++)}return Y.currentNode=q,r}p(e){let n=0;for(let s of this._$AV)s!==void 0&&(s.strings!==void 0?(s._$AI(e,s,n),n+=s.strings.length-2):s._$AI(e[n])),n++}},te=class t{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,n,s,r){this.type=2,this._$AH=m,this._$AN=void 0,this._$AA=e,this._$AB=n,this._$AM=s,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,n=this._$AM;return n!==void 0&&e?.nodeType===11&&(e=n.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,n=this){e=Z(this,e,n),ue(e)?e===m||e==null||e===""?(this._$AH!==m&&this._$AR(),this._$AH=m):e!==this._$AH&&e!==A&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):Dt(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==m&&ue(this._$AH)?this._$AA.nextSibling.data=e:this.T(q.createTextNode(e)),this._$AH=e}$(e){let{values:n,_$litType$:s}=e,r=typeof s=="number"?this._$AC(e):(s.el===void 0&&(s.el=ce.createElement(Gt(s.h,s.h[0]),this.options)),s);if(this._$AH?._$AD===r)this._$AH.p(n);else{let a=new $e(r,this),o=a.u(this.options);a.p(n),this.T(o),this._$AH=a}}_$AC(e){let n=jt.get(e.strings);return n===void 0&&jt.set(e.strings,n=new ce(e)),n}k(e){Qe(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,s,r=0;for(let a of e)r===n.length?n.push(s=new t(this.O(de()),this.O(de()),this,this.options)):s=n[r],s._$AI(a),r++;r<n.length&&(this._$AR(s&&s._$AB.nextSibling,r),n.length=r)}_$AR(e=this._$AA.nextSibling,n){for(this._$AP?.(!1,!0,n);e!==this._$AB;){let s=Nt(e).nextSibling;Nt(e).remove(),e=s}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},X=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,n,s,r,a){this.type=1,this._$AH=m,this._$AN=void 0,this.element=e,this.name=n,this._$AM=r,this.options=a,s.length>2||s[0]!==""||s[1]!==""?(this._$AH=Array(s.length-1).fill(new String),this.strings=s):this._$AH=m}_$AI(e,n=this,s,r){let a=this.strings,o=!1;if(a===void 0)e=Z(this,e,n,0),o=!ue(e)||e!==this._$AH&&e!==A,o&&(this._$AH=e);else{let i=e,l,d;for(e=a[0],l=0;l<a.length-1;l++)d=Z(this,i[s+l],n,l),d===A&&(d=this._$AH[l]),o||=!ue(d)||d!==this._$AH[l],d===m?e=m:e!==m&&(e+=(d??"")+a[l+1]),this._$AH[l]=d}o&&!r&&this.j(e)}j(e){e===m?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}},ke=class extends X{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===m?void 0:e}},Ae=class extends X{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==m)}},Se=class extends X{constructor(e,n,s,r,a){super(e,n,s,r,a),this.type=5}_$AI(e,n=this){if((e=Z(this,e,n,0)??m)===A)return;let s=this._$AH,r=e===m&&s!==m||e.capture!==s.capture||e.once!==s.once||e.passive!==s.passive,a=e!==m&&(s===m||r);r&&this.element.removeEventListener(this.name,this,s),a&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Me=class{constructor(e,n,s){this.element=e,this.type=6,this._$AN=void 0,this._$AM=n,this.options=s}get _$AU(){return this._$AM._$AU}_$AI(e){Z(this,e)}},Yt={M:Xe,P:L,A:Je,C:1,L:Vt,R:$e,D:Dt,V:Z,I:te,H:X,N:Ae,U:Se,B:ke,F:Me},Es=Ze.litHtmlPolyfillSupport;Es?.(ce,te),(Ze.litHtmlVersions??=[]).push("3.3.3");var qt=(t,e,n)=>{let s=n?.renderBefore??e,r=s._$litPart$;if(r===void 0){let a=n?.renderBefore??null;s._$litPart$=r=new te(e.insertBefore(de(),a),a,void 0,n??{})}return r._$AI(t),r};var tt=globalThis,b=class extends P{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let n=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=qt(n,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return A}};b._$litElement$=!0,b.finalized=!0,tt.litElementHydrateSupport?.({LitElement:b});var Rs=tt.litElementPolyfillSupport;Rs?.({LitElement:b});(tt.litElementVersions??=[]).push("4.2.2");var Zt=new Map,Ts=2500,Cs=2e4,nt=15e3;function Xt(t,e,n,s,r=nt){return Oe(t,e,{wanted:n,stage:"sent",sentence:"",sinceMs:s,patienceMs:r})}function Jt(t,e,n,s,r){let a=t.get(e);return a?.sinceMs!==n||a.stage!=="sent"?t:Oe(t,e,{...a,stage:s===null?"taken":"refused",sentence:s??"",sinceMs:r})}function Qt(t,e,n){let s=t;for(let[r,a]of t){let o=n-a.sinceMs;if(a.stage==="taken"&&Ps(e(r),a.wanted))s=Oe(s,r,{...a,stage:"confirmed",sinceMs:n});else if(a.stage==="taken"&&o>a.patienceMs)s=Oe(s,r,{...a,stage:"late",sinceMs:n});else if(Hs(a,o)){let i=new Map(s);i.delete(r),s=i}}return s}function U(t,e,n){let s=t.get(e);return s?.stage==="sent"||s?.stage==="taken"||s?.stage==="confirmed"?s.wanted:n}function B(t,e){let n=t.get(e)?.stage;return n==="sent"||n==="taken"}function Hs(t,e){return t.stage==="confirmed"?e>Ts:(t.stage==="refused"||t.stage==="late")&&e>Cs}function Ps(t,e){return typeof t=="number"&&typeof e=="number"?Math.abs(t-e)<.05:t===e}function Oe(t,e,n){return new Map(t).set(e,n)}var en=["mode","boost","max","phases","plan"],Ls=3e5;function tn(t){return t==="phases"?Ls:nt}function zs(t,e){return t==="mode"?{service:"fusebox_set_mode",data:{mode:e}}:t==="boost"?{service:"fusebox_boost",data:{state:e}}:t==="max"?{service:"fusebox_set_max_current",data:{current_a:e}}:t==="phases"?{service:"fusebox_switch_phases",data:{phases:e}}:typeof e=="object"?{service:"fusebox_set_plan",data:{...e}}:{service:"fusebox_clear_plan",data:{}}}function v(t,e){return`${t.entity} ${e}`}function nn(t,e,n){return e==="plan"?Ns(t,n):e==="mode"?t.mode:e==="boost"?t.boosted:e==="phases"?t.phasesUsed:t.currentA?.max??null}function Ns(t,e){return t.plan!==null&&t.plan.state!=="none"||typeof e!="object"?e:null}async function sn(t,e,n,s){let{service:r,data:a}=zs(n,s);try{return await t.callService("pyscript",r,{load:e.name,...a},void 0,!1),null}catch(o){return Ws(o)}}function Ws(t){let e=typeof t=="object"&&t!==null&&"message"in t?t.message:"";return String(e).replace(/^Validation error: /,"")}var Ee=class{constructor(e){this.host=e;this.asks=Zt;this.wanted=e=>{let{load:n,control:s,value:r}=e.detail;this.ask(n,s,r)};e.addController(this)}hostConnected(){this.host.addEventListener("fusebox-wanted",this.wanted)}hostDisconnected(){this.host.removeEventListener("fusebox-wanted",this.wanted)}settle(){this.asks.size>0&&this.become(Qt(this.asks,e=>this.shown(e),Date.now()))}async ask(e,n,s){let{current:r}=this.host;if(r===void 0)return;let a=v(e,n),o=Date.now();this.become(Xt(this.asks,a,s,o,tn(n)));let i=await sn(r,e,n,s);this.become(Jt(this.asks,a,o,i,Date.now())),this.settle()}shown(e){let[n,s]=e.split(" "),r=this.host.house?.loads.find(o=>o.entity===n),a=this.asks.get(e)?.wanted;return r===void 0||a===void 0?null:nn(r,s,a)}become(e){e!==this.asks&&(this.asks=e,this.host.requestUpdate())}};var Is={comma_decimal:"en",decimal_comma:"de",space_comma:"fr",quote_decimal:"de-CH",none:"en-US-u-va-posix"};function st({language:t,locale:e}){let n=e?.number_format??"language";return n==="system"?navigator.language:Is[n]??t}function Us({connected:t,config:e}){return t===!1?"unreachable":(e?.state??"RUNNING")==="RUNNING"?"whole":"starting"}var Bs=3e4;function rn(t,e,n){let s=Us(t);return s==="starting"?{link:s,startingMs:n}:s==="whole"&&n-e.startingMs<Bs?{...e,link:"starting"}:{...e,link:s}}function h(t){return typeof t=="number"&&Number.isFinite(t)?t:null}function pe(t){return t===void 0||t.trim()===""?null:h(Number(t))}function y(t){return typeof t=="string"?t:""}function O(t){return Array.isArray(t)?t.filter(e=>typeof e=="string"):[]}function z(t){return typeof t=="object"&&t!==null&&!Array.isArray(t)?t:{}}function an(t){return Array.isArray(t)?t.map(z):[]}function me(t){return Object.fromEntries(Object.entries(z(t)).map(([e,n])=>[e,h(n)]))}function M(t){let e=0;for(let n of t)e+=n;return e}var on=6e4,Fs=3*on,js=60;function ln(t,e,n,s){if(t===void 0)return null;if(e==="unreachable"&&n!==null)return{minutes:rt(s-n),of:"all"};let r=Date.parse(t.last_updated??"");if(s-r>Fs)return{minutes:rt(s-r),of:"all"};let a=h(t.attributes.data_age_s)??0;return a>js?{minutes:rt(1e3*a),of:"meter"}:null}function dn(t,e){return t?.minutes===e?.minutes&&t?.of===e?.of?t:e}function rt(t){return Math.floor(Math.max(t,0)/on)}var at=["#2870c0","#687800","#985888","#00965a","#a07008","#007888","#c08060","#587858","#b078d8","#7d6455"];function un(t){return at[t%at.length]??at[0]}var F="var(--fb-house)",j="var(--energy-solar-color, #ff9800)",Re="var(--energy-grid-consumption-color, #488fc2)",ne="var(--energy-grid-return-color, #8353d1)",D="var(--energy-battery-in-color, #f06292)",se="var(--energy-battery-out-color, #4db6ac)";function Te(t){return`repeating-linear-gradient(-45deg, ${t} 0 3px, transparent 3px 6px)`}function re(t,e="reason"){let n=Object.entries(z(t[`${e}_values`])).flatMap(([s,r])=>{let a=typeof r=="string"?r:h(r);return a===null?[]:[[s,a]]});return{sentence:y(t[e]),code:y(t[`${e}_code`]),values:Object.fromEntries(n)}}var H="sensor.fusebox_site",Ds=new Set(["unavailable","unknown"]);function Ce(t){let e=t[H],n=e?.attributes??{},s=me(n.grid_a);return{state:e===void 0||Ds.has(e.state)?"missing":e.state,reason:re(n),version:y(n.version),more:[...O(n.errors).slice(1),...O(n.warnings)],phases:Object.keys(s).sort(),gridA:s,fuseA:h(n.fuse_a),voltageV:h(n.voltage_v)??230,circuits:Object.entries(z(n.circuits)).map(([r,a])=>Ks(r,z(a))),solarW:h(n.solar_w),batteryPct:h(n.battery_soc_pct),batteryW:h(n.battery_charge_w),loads:O(n.loads)}}function Ks(t,e){return{name:t,parent:y(e.parent),fuseA:h(e.fuse_a)??0,flowA:me(e.flow_a)}}function cn(t,e){return t.version!==""&&t.version!==e}function ot(t){return t.solarW!==null||t.batteryW!==null||t.batteryPct!==null}function pn(t,e){let n=t.phases.filter(i=>(t.gridA[i]??null)!==null);if(!ot(t)||n.length===0)return{};let s=((t.solarW??0)-(t.batteryW??0))/t.voltageV,r=n.map(i=>(e[i]??0)-(t.gridA[i]??0)),a=Gs(r,s),o=s<0?a:Math.max(a,0);return Object.fromEntries(n.map((i,l)=>[i,Math.max(r[l]??0,o)]))}function Gs(t,e){let n=[...t].sort((s,r)=>s-r);for(let s=n.length;s>0;s--){let r=(e-M(n.slice(s)))/s;if(r>=(n[s-1]??0))return r}return n[0]??0}function mn({solarW:t,batteryW:e}){return Math.max(-(e??0),0)>(t??0)?"battery":"sun"}function He(t){let e=0;for(let n of t.phases){let s=t.gridA[n]??null;if(s===null)return null;e+=s*t.voltageV}return t.phases.length===0?null:e}var Vs=50;function hn(t){return t===null||Math.abs(t)<Vs?"rests":t>0?"in":"out"}var Ys=1;function Pe(t,e){let n=He(t);if(n===null)return null;let s=Math.max(t.solarW??0,0),r=t.batteryW??0,a=e.map(({entity:c,title:f,colour:w,drawW:k})=>J(c,w,k??0,f)),o=Math.max(0,n+s-r-M(a.map(c=>c.watts))),i=a.filter(c=>c.watts<0).map(c=>({...c,watts:-c.watts})),l=fn([J("sun",j,s),J("battery",se,-r),...i,J("grid",Re,n)]),d=fn([J("house",F,o),...a,J("battery",D,r),J("export",ne,-n)]),p=Math.max(M(l.map(c=>c.watts)),M(d.map(c=>c.watts)));return{from:l,to:d,totalW:p,houseW:o}}function J(t,e,n,s=""){return{key:t,colour:e,watts:n,title:s}}function fn(t){return t.filter(e=>e.watts>Ys)}function gn(t,e,n,s){return{ready_by:t,[n]:e,...s.trim()===""?{}:{max_price:Number(s)}}}function Le({state:t}){return t!=="none"&&t!=="done"}var ze="sensor.fusebox_prices";function yn(t){let e=y(t.plan_state);return e===""?null:{state:e,reason:re(t,"plan_reason"),cost:h(t.plan_cost),slots:xn(t.plan),asked:Zs(z(t.plan_asked))}}var qs=["energy_kwh","soc_target_pct","hours","max_price"];function Zs(t){let e=qs.flatMap(s=>h(t[s])===null?[]:[[s,h(t[s])]]),n=y(t.ready_by);return{...Object.fromEntries(e),.../^\d\d:\d\d$/.test(n)?{readyBy:n}:{}}}function _n(t){let e=[];for(let{startMs:n,endMs:s}of[...t].sort((r,a)=>r.startMs-a.startMs)){let r=e.at(-1);r!==void 0&&n<=r.endMs?r.endMs=Math.max(r.endMs,s):e.push({startMs:n,endMs:s})}return e}var K=36e5,Xs=14*K;function bn(t,e,n,s){let r=Math.min(Math.max(t,...n.map(o=>o.endMs)),t+e*K),a=s.flatMap(o=>o.plan?.slots.map(i=>i.endMs)??[]);return Math.max(r,Math.min(Math.max(t,...a),t+Xs))}function wn(t){return xn(t[ze]?.attributes.slots).filter(e=>e.price!==null)}function vn(t){return y(t[ze]?.attributes.unit_of_measurement)}function xn(t){return an(t).map(e=>({startMs:Date.parse(y(e.start)),endMs:Date.parse(y(e.end)),price:h(e.price)})).filter(e=>e.endMs>e.startMs)}var Js="sensor.fusebox_",Qs={plug:"mdi:power-socket-eu",tank:"mdi:water-boiler",sg_ready:"mdi:heat-pump",radiators:"mdi:radiator",quasar:"mdi:car-electric"};function Ne(t,e,n,s){let r=t.attributes,a=tr(me(r.draw_a)),o=t.entity_id.slice(Js.length),i=s[`${t.entity_id}_energy`],l=pe(s[`${t.entity_id}_power`]?.state),d=Object.keys(a).length===0?null:M(Object.values(a))*e.voltageV;return{entity:t.entity_id,name:o,title:er(y(r.friendly_name),o),icon:Qs[y(r.type)]??"mdi:ev-station",colour:un(n),status:y(r.status)||"unavailable",mode:y(r.mode),modes:O(r.modes),boosted:typeof r.boosted=="boolean"?r.boosted:null,circuit:y(r.circuit)||"main",phases:O(r.phases),phasesUsed:O(r.phases_used).length||null,canSwitchPhases:h(r.phase_switches)!==null&&O(r.phases).length>1,drawA:a,drawW:d??l,share:pe(t.state),unit:y(r.unit_of_measurement),reason:re(r),limitedBy:y(r.limited_by),currentA:nr(h(r.min_a),h(r.max_a),h(r.highest_a)),sessionKwh:h(i?.attributes.session_kwh),sessionSolarPct:h(i?.attributes.session_solar_pct),plan:yn(r)}}function $n({phases:t,phasesUsed:e}){return e??t.length}function er(t,e){let s=(t.startsWith("Fusebox ")?t.slice(8):t||e).replaceAll("_"," ");return s.charAt(0).toUpperCase()+s.slice(1)}function tr(t){return Object.fromEntries(Object.entries(t).filter(e=>e[1]!==null))}function nr(t,e,n){return t===null||e===null?null:{min:t,max:Math.min(e,n??e),top:n??e}}function it(t){return Object.values(t).filter(e=>e!==void 0&&sr(e)).map(rr)}function sr(t){return t.entity_id.startsWith("pyscript.")&&Array.isArray(t.attributes.radiators)&&"live"in t.attributes}function rr(t){let{live:e,requested:n,boost:s}=t.attributes;return{entity:t.entity_id,title:y(t.attributes.friendly_name).replace(/^Fusebox /,""),dots:O(t.attributes.radiators).map((r,a)=>({name:r,is:We(e,a)?"on":We(n,a)||We(s,a)?"waits":"warm",boosted:We(s,a)})),allowed:h(t.attributes.allowed),reason:y(t.attributes.reason)}}function We(t,e){return Array.isArray(t)&&t[e]===1}var lt="sensor.fusebox_peak";function kn({projectedKw:t,targetKw:e,monthKw:n}){let s=Math.max(t??0,0),r=Math.min(s,e??s);return{withinKw:r,beyondKw:s-r,endKw:Math.max(s,(e??0)*1.25,(n??0)*1.1,1)}}function An(t){let e=t[lt];if(e===void 0||e.state==="unavailable")return null;let n=e.attributes;return{projectedKw:pe(e.state),targetKw:h(n.target_kw),monthKw:h(n.month_peak_kw),leftS:h(n.seconds_left)??0,windowMin:h(n.window_min)??15,allowedW:h(n.allowed_import_w),reason:y(n.reason)}}function On(t,e){if(e!==null&&Mn(Sn(t,e.site),e.made))return e;let n=Ce(t),s=new Map(e?.loads.map(i=>[i.entity,i])),r=new Map,a=[];n.loads.forEach((i,l)=>{let d=t[i];if(d===void 0)return;let p=[...En(t,i),l,n.voltageV],c=Mn(p,e?.madeOf.get(i)??[])?s.get(i):void 0;a.push(c??Ne(d,n,l,t)),r.set(i,p)});let o=Sn(t,n);return{site:n,loads:a,tariff:An(t),groups:ar(t),priceUnit:vn(t),made:o,madeOf:r}}function Sn(t,e){let n=e.loads.flatMap(s=>En(t,s));return[...[H,lt,ze,...Rn(t)].map(s=>t[s]),...n]}function En(t,e){return[t[e],t[`${e}_energy`],t[`${e}_power`]]}var dt={count:-1,ids:[]};function Rn(t){let e=Object.keys(t).length;return e!==dt.count&&(dt={count:e,ids:it(t).map(n=>n.entity)}),dt.ids}function ar(t){return it(Object.fromEntries(Rn(t).map(e=>[e,t[e]])))}function Mn(t,e){return t.length===e.length&&t.every((n,s)=>n===e[s])}var he=.05;function Tn(t,e){return t.fuseA===null?[]:[{name:"main",parent:"",fuseA:t.fuseA,flowA:t.gridA},...t.circuits].map(s=>({name:s.name,fuseA:s.fuseA,bars:Object.keys(s.flowA).sort().map(r=>ir(s,r,Cn(s,t,e),or(s,r,t,e)))}))}function or(t,e,n,s){return ot(n)?t.name==="main"?ut(n,s,e):Math.max(M(fe(e,Cn(t,n,s)).map(r=>r.amps))-(t.flowA[e]??0),0):null}function ut(t,e,n){let s=Object.fromEntries(t.phases.map(r=>[r,M(fe(r,e).map(a=>a.amps))]));return pn(t,s)[n]??null}function ir(t,e,n,s){let r=t.flowA[e]??null,a=r!==null&&Math.abs(r)>t.fuseA,o=r===null?null:t.fuseA-r,i=r===null?[]:ct(r,fe(e,n),s),l=Math.max(-(r??0),0),d=a?lr(r,t.fuseA):null,p=r===null?0:Math.max(l,s??0);return{phase:e,flowA:r,fuseA:t.fuseA,freeA:o,over:a,beyondA:d,segments:i,ownA:p,exportA:l}}function lr(t,e){return t>0?[e,t]:[t,-e]}function fe(t,e){return e.map(({entity:n,title:s,colour:r,drawA:a})=>({key:n,title:s,colour:r,amps:a[t]??0}))}function ct(t,e,n){let s=Math.max(n??0,0),r={key:"battery",title:"",colour:D,amps:Math.max(-(n??0),0)},a=[...e,r],o=t+s-M(a.map(p=>p.amps)),i=[],l=0-s,d=(p,c,f,w)=>{let k=n!==null?l+w:Math.min(l+w,Math.max(t,0));k-l>he&&i.push({key:p,title:c,colour:f,fromA:l,toA:k}),l=Math.max(k,l)};d("house","",F,Math.max(o,0));for(let{key:p,title:c,colour:f,amps:w}of a)d(p,c,f,Math.max(w,0));return i}function Cn(t,e,n){if(t.name==="main")return n;let s=new Set([t.name]);for(let r of e.circuits)s.has(r.parent)&&s.add(r.name);return n.filter(r=>s.has(r.circuit))}function Hn(t,e){let n=t[0]?.fuseA??0,s=t.flatMap(l=>l.bars.flatMap(d=>d.segments)),r=Math.min(0,...s.map(l=>l.fromA),...dr(t)),a=Math.max(n,...s.map(l=>l.toA)),o=-Math.ceil(-r/(n/4||1))*(n/4),i=Math.max(n*1.12,Math.min(a*1.04,n*2));return{leftA:Math.min(o,e?.leftA??0)||0,rightA:Math.max(i,e?.rightA??0)}}function dr(t){return t.flatMap(e=>e.bars.map(n=>n.flowA??0))}var Pn=g`
  :host {
    container-type: inline-size;
  }
  ha-card {
    display: block;
    padding: 16px;
    overflow: hidden;
  }
  .parts {
    display: grid;
    gap: 20px 28px;
    grid-template-columns: minmax(0, 1fr);
  }
  /* What is shown is old. */
  .unreachable > * > :not(fusebox-card-head),
  .old-all > * > :not(fusebox-card-head),
  .old-meter > .wire > :not(fusebox-card-head) {
    opacity: 0.45;
  }
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    align-content: start;
    min-width: 0;
  }
  fusebox-card-load + fusebox-card-load,
  fusebox-card-load + fusebox-card-radiators {
    border-top: 1px solid var(--fb-line);
    padding-top: 14px;
  }
  .loads {
    gap: 14px;
    border-top: 1px solid var(--fb-line);
    padding-top: 16px;
  }
  .today {
    border-top: 1px solid var(--fb-line);
    padding-top: 16px;
  }
  footer {
    margin-top: 16px;
    color: var(--fb-warn);
    font-size: 12.5px;
  }
  @container (min-width: 700px) {
    .parts {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      grid-template-rows: auto 1fr;
    }
    .loads {
      grid-row: span 2;
      border-top: none;
      padding-top: 0;
    }
  }
  @container (min-width: 1250px) {
    .parts {
      grid-template-columns: minmax(0, 5fr) minmax(0, 7fr);
    }
    .today {
      grid-column: 1 / -1;
    }
    .loads {
      grid-row: auto;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      gap: 14px 28px;
    }
    .loads > :nth-child(2) {
      border-top: none;
      padding-top: 0;
    }
  }
`;var pt={card:{name:"Fusebox",description:"Phases, loads and today, at a glance",state_ok:"All is well",state_limited:"Loads are held back",state_over:"Too much on a wire",state_blind:"The meter is silent",state_fault:"A load has a fault",state_config_error:"CONFIG has a mistake",state_dry_run:"Dry run: nothing is commanded",state_missing:"Fusebox is not running",state_starting:"Home Assistant is starting",state_unreachable:"No connection to Home Assistant",status_charging:"charging",status_waiting:"waiting",status_paused:"paused",status_full:"full",status_unplugged:"unplugged",status_on:"on",status_off:"off",status_blind:"blind",status_fault:"fault",status_switching:"switching phases",status_unavailable:"not available",mode_standard:"Standard",mode_continuous:"Always",mode_solar_priority:"Sun first",mode_solar_only:"Sun only",mode_excess:"Excess",mode_off:"Off",mode_normal:"Normal",mode_boost:"Boost",sun:"Sun",battery:"Battery",battery_in:"charging",battery_out:"discharging",grid:"Grid",house:"House",export:"Export",free:"free",over:"too much",of_fuse:"of {0}",may_have:"may have {0}",phase_count:"{0} phases",one_phase:"1 phase",mode:"Mode",boost:"Boost",at_most:"At most",session:"this session",confirmed:"Done",pending:"Sent …",late:"Not shown by the device yet",no_loads:"No loads yet. Name them in CONFIG, and they appear here.",versions:"This card is version {0}, the scripts are {1}. Install both from one release, then reload the page.",not_running:"sensor.fusebox_site is not there. Look at the log of pyscript, or call pyscript.fusebox_setup.",today:"Today",total:"Total",no_history:"Nothing is recorded yet",old:"numbers are {0} min old",target:"target",fuse:"fuse",price:"price",now:"now",window:"These {0} minutes",window_left:"{0} min left",month_peak:"Month's peak",radiators:"Radiators",rad_on:"on",rad_waits:"waits",rad_warm:"warm enough",event_limited:"held back",event_shed:"stopped",event_blind:"blind",event_recovered:"recovered",event_escalated:"needs a look",phases:"Phases",ready_by:"Ready by",how_much:"How much",unit:"Unit",set_plan:"Plan",clear_plan:"Clear",plan_none:"no plan",plan_waiting:"planned",plan_running:"plan is running",plan_done:"plan is done",plan_late:"plan is late",edit_title:"Title",edit_hours:"Hours of the past",edit_hide_today:"Without the picture of today",edit_controls:"Controls of loads",controls_auto:"open where there are few loads",controls_always:"always open",controls_tap:"open when tapped"}};var Ln={card:{name:"Fusebox",description:"Phasen, Verbraucher und heute, auf einen Blick",state_ok:"Alles in Ordnung",state_limited:"Verbraucher werden begrenzt",state_over:"Zu viel auf einer Leitung",state_blind:"Der Zähler schweigt",state_fault:"Ein Verbraucher ist gestört",state_config_error:"CONFIG hat einen Fehler",state_dry_run:"Probelauf: nichts wird geschaltet",state_missing:"Fusebox läuft nicht",state_starting:"Home Assistant startet",state_unreachable:"Keine Verbindung zu Home Assistant",status_charging:"lädt",status_waiting:"wartet",status_paused:"pausiert",status_full:"voll",status_unplugged:"nicht verbunden",status_on:"an",status_off:"aus",status_blind:"blind",status_fault:"gestört",status_switching:"wechselt die Phasen",status_unavailable:"nicht verfügbar",mode_standard:"Standard",mode_continuous:"Immer",mode_solar_priority:"Sonne zuerst",mode_solar_only:"Nur Sonne",mode_excess:"Überschuss",mode_off:"Aus",mode_normal:"Normal",mode_boost:"Boost",sun:"Sonne",battery:"Batterie",battery_in:"lädt",battery_out:"entlädt",grid:"Netz",house:"Haus",export:"Einspeisung",free:"frei",over:"zu viel",of_fuse:"von {0}",may_have:"darf {0}",phase_count:"{0} Phasen",one_phase:"1 Phase",mode:"Modus",boost:"Boost",at_most:"Höchstens",session:"diese Ladung",confirmed:"Erledigt",pending:"Gesendet …",late:"Das Gerät zeigt es noch nicht",no_loads:"Noch keine Verbraucher. In CONFIG genannt, erscheinen sie hier.",versions:"Diese Karte hat Version {0}, die Skripte {1}. Beide aus derselben Version installieren, dann die Seite neu laden.",not_running:"sensor.fusebox_site fehlt. Das Protokoll von pyscript hilft weiter, oder pyscript.fusebox_setup.",today:"Heute",total:"Gesamt",no_history:"Noch nichts aufgezeichnet",old:"Zahlen sind {0} min alt",target:"Ziel",fuse:"Sicherung",price:"Preis",now:"jetzt",window:"Diese {0} Minuten",window_left:"noch {0} min",month_peak:"Spitze des Monats",radiators:"Heizkörper",rad_on:"an",rad_waits:"wartet",rad_warm:"warm genug",event_limited:"begrenzt",event_shed:"angehalten",event_blind:"blind",event_recovered:"vorbei",event_escalated:"nachsehen",phases:"Phasen",ready_by:"Fertig um",how_much:"Wie viel",unit:"Einheit",set_plan:"Planen",clear_plan:"Löschen",plan_none:"kein Plan",plan_waiting:"geplant",plan_running:"Plan läuft",plan_done:"Plan erfüllt",plan_late:"Plan verspätet",edit_title:"Titel",edit_hours:"Stunden der Vergangenheit",edit_hide_today:"Ohne das Bild von heute",edit_controls:"Bedienung der Verbraucher",controls_auto:"offen bei wenigen Verbrauchern",controls_always:"immer offen",controls_tap:"offen nach Antippen"},values:{energy:{sun:"Sonne",excess:"Überschuss","own power (allow_grid_charging is off)":"Eigenstrom (allow_grid_charging ist aus)"},circuit:{main:"Hauptsicherung","*":"Sicherung *"},limit:{main:"Hauptsicherung",tariff:"Tarif",dimmed:"Netzbetreiber (Dimmung)",contract:"Bezugsgrenze",imbalance:"Schieflastgrenze",solar:"PV-Überschuss",excess:"Überschuss","grid charging off":"Eigenstrom","*":"Sicherung *"}},reasons:{limited_by_fuse:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch die {circuit} ({phase}, {rating_a} A): [{loads}, ]Haus {house_a} A",limited_by_fuse_peak:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch die {circuit} ({phase}, {rating_a} A): [{loads}, ]Haus zuletzt bis {house_a} A",limited_by_cycling:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch {limit}: {cycling_a} A bleiben frei für ein Gerät, das sich immer wieder einschaltet, etwa Backofen oder Kochfeld[, {loads}]",limited_by_unmetered_fuse:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch die {circuit} ({phase}, {rating_a} A)[: {loads}]",limited_by_reserve:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch die {circuit} ({phase}, {rating_a} A): [{loads}, ]{reserved_a} A reserviert für {reserved_for}, derzeit nicht steuerbar",limited_by_contract:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch die Bezugsgrenze von {limit_kw} kW: [{loads}, ]Haus {house_kw} kW",limited_by_imbalance:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch die Schieflastgrenze: {heavy} höchstens {rating_a} A über {light}, wo Verbraucher {light_a} A ziehen[; {loads}]",limited_by_tariff:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den Tarif (im Mittel {limit_kw} kW bis {until}): [{loads}, ]Haus {house_kw} kW",limited_by_tariff_unseen:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den Tarif (im Mittel {limit_kw} kW bis {until}; Bezug vor {unseen_until} unbekannt): [{loads}, ]Haus {house_kw} kW",limited_by_contract_band:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den Vertrag über {limit_kw} kW (10 % mehr sind zulässig): [{loads}, ]Haus {house_kw} kW",limited_by_dimming:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den Netzbetreiber, der steuerbare Verbraucher auf {rating_a} A über alle Phasen dimmt[: {loads}]",limited_by_unknown_dimming:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch ein Dimm-Relais mit unbekanntem Zustand: {rating_a} A über alle Phasen für steuerbare Verbraucher[; {loads}]",limited_by_surplus:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den PV-Überschuss von {room_kw} kW[: {loads}]",limited_by_surplus_and_battery:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den PV-Überschuss und was die Batterie abgeben darf, {room_kw} kW[: {loads}]",limited_by_excess:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch die Einspeisung über {threshold_kw} kW, das sind {room_kw} kW[: {loads}]",limited_by_own_power:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den Eigenstrom, {room_kw} kW, weil allow_grid_charging aus ist[: {loads}]",limited_by_unknown_surplus:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den PV-Überschuss: ein Messwert fehlt schon zu lange",limited_by_unknown_battery:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den PV-Überschuss: Ladestand der Batterie unbekannt",limited_by_battery_first:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den PV-Überschuss, der zuerst ganz in die Batterie geht ({soc_pct} % von {target_pct} %)",limited_by_battery_reserve:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den PV-Überschuss jenseits von {reserve_kw} kW für die Batterie ({soc_pct} % von {target_pct} %): {room_kw} kW[, {loads}]",limited_by_battery_draw:"[braucht {min_a} A, ]begrenzt[ auf {share_a} A] durch den PV-Überschuss jenseits der {battery_kw} kW, die die Batterie lädt ({soc_pct} % von {target_pct} %): {room_kw} kW[, {loads}]",waits_for_energy:"wartet auf {energy}: {free_kw} kW Überschuss[ auf {phase}][ über {threshold_kw} kW], braucht {need_kw} kW[ auf {phases} Phasen][; {loads}]",waits_for_energy_w:"wartet auf {energy}: {free_w} W Überschuss[ auf {phase}][ über {threshold_kw} kW], braucht {need_w} W[ auf {phases} Phasen][; {loads}]",waits_for_lasting_energy:"wartet auf {energy}, bis genug davon anhält und übrig bleibt[: {loads}]",waits_for_known_energy:"wartet auf {energy}: ein Messwert des Überschusses fehlt schon zu lange",waits_for_known_battery:"wartet auf {energy}: Ladestand der Batterie unbekannt",waits_behind_battery:"wartet auf {energy}: {free_kw} kW Überschuss[ auf {phase}][ über {threshold_kw} kW], braucht {need_kw} kW[ auf {phases} Phasen]; zuerst lädt die Batterie ({soc_pct} % von {target_pct} %)",stopped_for_disobeying:"abgeschaltet: hält seine Stromgrenze nicht ein, während {limit} überlastet ist",stopped_by_switch_alone:"abgeschaltet: Strom lässt sich nicht einstellen, während {limit} überlastet ist",on_by_hand:"von Hand eingeschaltet",minimum_on_time:"bleibt mindestens {min_on_s} s an",runs_until_blocked:"läuft, bis die Sperre wirkt",pump_block_used_up:"für heute lange genug gesperrt, läuft wieder frei",held_while_unmeasured:"auf dem Minimum gehalten: {limit} nicht vollständig gemessen",stays_on_by_energy_left:"bleibt an, {limit} lässt das noch eine Weile zu",held_by_fuse:"auf {min_a} A gehalten durch {limit}, Überlastbudget zu {used_pct} % verbraucht",held_by_limit:"auf {min_a} A gehalten durch {limit}, für eine Weile zulässig",kept_without_energy:"bleibt ohne genug {energy} an, stoppt um {until}",held_without_energy:"auf {min_a} A gehalten ohne genug {energy}, stoppt um {until}",kept_while_others_go_first:"bleibt an, obwohl andere zuerst versorgt werden ({energy}), stoppt um {until}",waits_for_temperature:"wartet auf einen Temperaturwert",pump_stays_blocked:"bleibt bis {until} gesperrt",minimum_off_time:"bleibt bis {until} aus: Pause nach einem Stopp (min_off_s)",minimum_off_time_doubled:"bleibt bis {until} aus: Pause nach einem Stopp (min_off_s), länger nach mehreren Stopps durch {limit}",started_once_today:"heute schon einmal gestartet",starts_used_up:"heute schon {starts}-mal gestartet",fuse_cools_down:"pausiert, bis {limit} abgekühlt ist",paused_until_it_fits:"pausiert, bis {pause_min} min lang genug für sein Minimum frei war",paused_by_until_it_fits:"pausiert durch {limit}, bis {pause_min} min lang genug für sein Minimum frei war",paused_until:"pausiert mindestens bis {until}",paused_by_until:"pausiert durch {limit}, mindestens bis {until}",would_soon_stop:"wartet: {limit} würde bald wieder stoppen",energy_must_last:"genug {energy}, startet um {until}, wenn es so bleibt",energy_must_last_longer:"genug {energy}, startet um {until}, wenn es so bleibt; war in den letzten {window_min} Minuten schon {stops}-mal zu wenig",room_must_last:"startet, wenn sein Minimum {watch_s} s lang gepasst hat: andere müssten Platz machen",waits_its_turn:"wartet bis spätestens {until}: Laden würde {losers} mehr kosten, als es bringt",turn_starts_at:"startet um {until}, falls Laden andere dann nicht wieder mehr kostet, als es bringt",setting_missing:"wird nicht erhöht: {text}",reading_missing:"wird nicht erhöht: ein Messwert fehlt",reading_late:"höchstens auf dem Minimum: ein Messwert ist überfällig",fail_safe:"sicherer Zustand: ein Zähler schweigt oder hängt",limit_unmeasured:"wird nicht erhöht: {limit} nicht vollständig gemessen",limit_exceeded:"wird nicht erhöht: {limit} über dem Grenzwert",limit_watched_first:"{limit} wird {watch_s} s lang beobachtet, bevor etwas erhöht wird",next_command_due:"steigt mit dem nächsten Befehl: höchstens einer alle {min_write_s} s",last_raise_unseen:"steigt weiter, sobald der Zähler die letzte Erhöhung gemessen haben muss",next_reading_awaited:"steigt mit dem nächsten Messwert",room_not_lasting:"wartet, bis der Spielraum anhält",leaves_room_to_start:"lässt {loads} Platz zum Starten",phases_switching:"Phasen werden umgeschaltet",phases_wait_for_meters:"startet auf anderen Phasen, sobald die Zähler wieder messen",phases_wait_for_room:"startet auf anderen Phasen, sobald sein Minimum passt",phases_wait_for_trial:"wartet auf den Versuch mit einer Phase: blieben es drei, wäre {limit} überlastet",phases_unmeasured:"auf dem Minimum, bis seine Phasen gemessen sind",all_it_can_use:"hat alles, was es brauchen kann",rising:"wird erhöht",mode_off:"Modus steht auf Aus",maximum_below_minimum:"Höchststrom {max_a} A liegt unter dem Mindeststrom {min_a} A",off_by_hand:"von Hand ausgeschaltet",set_below_minimum_by_hand:"von Hand auf {limit_a} A eingestellt, läuft erst ab {min_a} A",unavailable:"Steuer-Entität nicht verfügbar",device_fault:"das Gerät meldet eine Störung",car_full:"das Auto ist voll",no_car:"kein Auto angeschlossen",not_allowed_to_charge:"Wallbox gibt das Laden gerade nicht frei",device_reports:"{text}",cannot_be_paused:"lässt sich nicht pausieren: kein Schalter, und der Strom beginnt bei {min_a} A",tank_below_minimum:"bei {temperature_c} °C, unter dem Minimum von {minimum_c} °C",tank_hygiene:"bei {temperature_c} °C, Legionellenschutz: noch {left_min} min auf {hygiene_c} °C",tank_heats:"bei {temperature_c} °C, heizt auf {target_c} °C",tank_hot_enough:"bei {temperature_c} °C, heiß genug, heizt wieder unter {again_c} °C",tank_off:"bei {temperature_c} °C, Modus steht auf Aus",tank_thermostat_open:"bei {temperature_c} °C, eigener Thermostat hat bei {cut_c} °C abgeschaltet",tank_waits_for_thermometer:"heizt nicht, bis die Temperatur wieder bekannt ist",tank_blind_thermostat_open:"eigener Thermostat hat abgeschaltet",tank_hour_used:"hat seine Heizstunde in acht Stunden schon gehabt",tank_hour_given:"darf jetzt eine Stunde heizen, eine von acht",pump_off:"Modus steht auf Aus: beide Relais bleiben offen",pump_blocked:"am letzten Tag {blocked_min} min gesperrt",pump_recommended:"Einschaltempfehlung durch den eigenen Überschuss",pump_forced:"Einschaltbefehl durch den eigenen Überschuss",ignores_limit:"hält die Grenze nicht ein: zieht {draw_a} A, obwohl {set_a} A eingestellt sind; Gerät neu starten und prüfen, dass nichts anderes es steuert",relays_ignore_limit:"hält die Grenze nicht ein: zieht {draw_a} A, obwohl {set_a} A eingestellt sind; prüfen, dass die Relais erreichbar sind und nichts anderes sie schaltet",ignored_limit:"hat die Grenze nicht eingehalten: zog {draw_a} A, mehr als eingestellt; Gerät neu starten und prüfen, dass nichts anderes es steuert",relays_ignored_limit:"hat die Grenze nicht eingehalten: zog {draw_a} A, mehr als eingestellt; prüfen, dass die Relais erreichbar sind und nichts anderes sie schaltet",current_not_taken:"übernimmt den Strom nicht: zeigt {shown_a} A, gesendet waren {sent_a} A; prüfen, dass das Gerät online ist und nichts anderes es steuert",current_not_displayed:"übernimmt den Strom nicht: zeigt nichts, gesendet waren {sent_a} A; prüfen, dass das Gerät online ist und nichts anderes es steuert",on_not_taken:"schaltet nicht: wurde eingeschaltet; prüfen, dass das Gerät online ist und nichts anderes es steuert",off_not_taken:"schaltet nicht: wurde ausgeschaltet; prüfen, dass das Gerät online ist und nichts anderes es steuert"}};var zn={card:{name:"Fusebox",description:"Fasen, verbruikers en vandaag, in één oogopslag",state_ok:"Alles is goed",state_limited:"Verbruikers worden beperkt",state_over:"Te veel op een leiding",state_blind:"De meter zwijgt",state_fault:"Een verbruiker heeft een storing",state_config_error:"CONFIG bevat een fout",state_dry_run:"Proefdraaien: niets wordt aangestuurd",state_missing:"Fusebox draait niet",state_starting:"Home Assistant start",state_unreachable:"Geen verbinding met Home Assistant",status_charging:"laadt",status_waiting:"wacht",status_paused:"gepauzeerd",status_full:"vol",status_unplugged:"niet verbonden",status_on:"aan",status_off:"uit",status_blind:"blind",status_fault:"storing",status_switching:"wisselt van fasen",status_unavailable:"niet beschikbaar",mode_standard:"Standaard",mode_continuous:"Altijd",mode_solar_priority:"Zon eerst",mode_solar_only:"Alleen zon",mode_excess:"Overschot",mode_off:"Uit",mode_normal:"Normaal",mode_boost:"Boost",sun:"Zon",battery:"Batterij",battery_in:"laadt",battery_out:"ontlaadt",grid:"Net",house:"Huis",export:"Teruglevering",free:"vrij",over:"te veel",of_fuse:"van {0}",may_have:"mag {0}",phase_count:"{0} fasen",one_phase:"1 fase",mode:"Modus",boost:"Boost",at_most:"Hoogstens",session:"deze sessie",confirmed:"Gedaan",pending:"Verzonden …",late:"Het apparaat toont het nog niet",no_loads:"Nog geen verbruikers. Noem ze in CONFIG, dan verschijnen ze hier.",versions:"Deze kaart is versie {0}, de scripts zijn {1}. Installeer beide uit dezelfde uitgave en laad de pagina opnieuw.",not_running:"sensor.fusebox_site is er niet. Kijk in het logboek van pyscript, of roep pyscript.fusebox_setup aan.",today:"Vandaag",total:"Totaal",no_history:"Er is nog niets opgenomen",old:"cijfers zijn {0} min oud",target:"doel",fuse:"zekering",price:"prijs",now:"nu",window:"Deze {0} minuten",window_left:"nog {0} min",month_peak:"Maandpiek",radiators:"Radiatoren",rad_on:"aan",rad_waits:"wacht",rad_warm:"warm genoeg",event_limited:"beperkt",event_shed:"gestopt",event_blind:"blind",event_recovered:"hersteld",event_escalated:"nakijken",phases:"Fasen",ready_by:"Klaar om",how_much:"Hoeveel",unit:"Eenheid",set_plan:"Plannen",clear_plan:"Wissen",plan_none:"geen plan",plan_waiting:"gepland",plan_running:"plan loopt",plan_done:"plan voltooid",plan_late:"plan te laat",edit_title:"Titel",edit_hours:"Uren terug",edit_hide_today:"Zonder het beeld van vandaag",edit_controls:"Bediening van verbruikers",controls_auto:"open bij weinig verbruikers",controls_always:"altijd open",controls_tap:"open na aantikken"},values:{},reasons:{}};var Nn={card:{name:"Fusebox",description:"Faser, forbrugere og i dag, med ét blik",state_ok:"Alt er vel",state_limited:"Forbrugere holdes tilbage",state_over:"For meget på en ledning",state_blind:"Måleren er tavs",state_fault:"En forbruger har en fejl",state_config_error:"CONFIG har en fejl",state_dry_run:"Prøvekørsel: intet styres",state_missing:"Fusebox kører ikke",state_starting:"Home Assistant starter",state_unreachable:"Ingen forbindelse til Home Assistant",status_charging:"lader",status_waiting:"venter",status_paused:"på pause",status_full:"fuld",status_unplugged:"ikke tilsluttet",status_on:"tændt",status_off:"slukket",status_blind:"blind",status_fault:"fejl",status_switching:"skifter faser",status_unavailable:"ikke tilgængelig",mode_standard:"Standard",mode_continuous:"Altid",mode_solar_priority:"Sol først",mode_solar_only:"Kun sol",mode_excess:"Overskud",mode_off:"Fra",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batteri",battery_in:"lader",battery_out:"aflader",grid:"Net",house:"Hus",export:"Eksport",free:"ledig",over:"for meget",of_fuse:"af {0}",may_have:"må få {0}",phase_count:"{0} faser",one_phase:"1 fase",mode:"Tilstand",boost:"Boost",at_most:"Højst",session:"denne ladning",confirmed:"Udført",pending:"Sendt …",late:"Enheden viser det ikke endnu",no_loads:"Ingen forbrugere endnu. Nævn dem i CONFIG, så vises de her.",versions:"Dette kort er version {0}, scripterne er {1}. Installér begge fra samme udgivelse, og genindlæs siden.",not_running:"sensor.fusebox_site findes ikke. Se i loggen for pyscript, eller kald pyscript.fusebox_setup.",today:"I dag",total:"I alt",no_history:"Intet er optaget endnu",old:"tal er {0} min gamle",target:"mål",fuse:"sikring",price:"pris",now:"nu",window:"Disse {0} minutter",window_left:"{0} min tilbage",month_peak:"Månedens top",radiators:"Radiatorer",rad_on:"tændt",rad_waits:"venter",rad_warm:"varm nok",event_limited:"holdt tilbage",event_shed:"stoppet",event_blind:"blind",event_recovered:"overstået",event_escalated:"se efter",phases:"Faser",ready_by:"Klar kl.",how_much:"Hvor meget",unit:"Enhed",set_plan:"Planlæg",clear_plan:"Ryd",plan_none:"ingen plan",plan_waiting:"planlagt",plan_running:"planen kører",plan_done:"planen er opfyldt",plan_late:"planen er forsinket",edit_title:"Titel",edit_hours:"Timer tilbage",edit_hide_today:"Uden billedet af i dag",edit_controls:"Betjening af forbrugere",controls_auto:"åben ved få forbrugere",controls_always:"altid åben",controls_tap:"åben ved tryk"},values:{},reasons:{}};var Ie={card:{name:"Fusebox",description:"Faser, laster og i dag, med ett blikk",state_ok:"Alt er vel",state_limited:"Laster holdes tilbake",state_over:"For mye på en ledning",state_blind:"Måleren er taus",state_fault:"En last har en feil",state_config_error:"CONFIG har en feil",state_dry_run:"Prøvekjøring: ingenting styres",state_missing:"Fusebox kjører ikke",state_starting:"Home Assistant starter",state_unreachable:"Ingen forbindelse med Home Assistant",status_charging:"lader",status_waiting:"venter",status_paused:"på pause",status_full:"full",status_unplugged:"ikke tilkoblet",status_on:"på",status_off:"av",status_blind:"blind",status_fault:"feil",status_switching:"bytter faser",status_unavailable:"ikke tilgjengelig",mode_standard:"Standard",mode_continuous:"Alltid",mode_solar_priority:"Sol først",mode_solar_only:"Bare sol",mode_excess:"Overskudd",mode_off:"Av",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batteri",battery_in:"lader",battery_out:"lader ut",grid:"Nett",house:"Hus",export:"Eksport",free:"ledig",over:"for mye",of_fuse:"av {0}",may_have:"kan få {0}",phase_count:"{0} faser",one_phase:"1 fase",mode:"Modus",boost:"Boost",at_most:"Høyst",session:"denne ladingen",confirmed:"Utført",pending:"Sendt …",late:"Enheten viser det ikke ennå",no_loads:"Ingen laster ennå. Nevn dem i CONFIG, så vises de her.",versions:"Dette kortet er versjon {0}, skriptene er {1}. Installer begge fra samme utgivelse, og last siden på nytt.",not_running:"sensor.fusebox_site finnes ikke. Se i loggen til pyscript, eller kall pyscript.fusebox_setup.",today:"I dag",total:"Totalt",no_history:"Ingenting er lagret ennå",old:"tall er {0} min gamle",target:"mål",fuse:"sikring",price:"pris",now:"nå",window:"Disse {0} minuttene",window_left:"{0} min igjen",month_peak:"Månedens topp",radiators:"Radiatorer",rad_on:"på",rad_waits:"venter",rad_warm:"varm nok",event_limited:"holdt tilbake",event_shed:"stoppet",event_blind:"blind",event_recovered:"over",event_escalated:"se etter",phases:"Faser",ready_by:"Klar kl.",how_much:"Hvor mye",unit:"Enhet",set_plan:"Planlegg",clear_plan:"Fjern",plan_none:"ingen plan",plan_waiting:"planlagt",plan_running:"planen kjører",plan_done:"planen er oppfylt",plan_late:"planen er forsinket",edit_title:"Tittel",edit_hours:"Timer tilbake",edit_hide_today:"Uten bildet av i dag",edit_controls:"Styring av laster",controls_auto:"åpen ved få laster",controls_always:"alltid åpen",controls_tap:"åpen ved trykk"},values:{},reasons:{}};var Wn={card:{name:"Fusebox",description:"Faser, laster och i dag, med en blick",state_ok:"Allt är väl",state_limited:"Laster hålls tillbaka",state_over:"För mycket på en ledning",state_blind:"Mätaren är tyst",state_fault:"En last har ett fel",state_config_error:"CONFIG har ett fel",state_dry_run:"Provkörning: ingenting styrs",state_missing:"Fusebox körs inte",state_starting:"Home Assistant startar",state_unreachable:"Ingen anslutning till Home Assistant",status_charging:"laddar",status_waiting:"väntar",status_paused:"pausad",status_full:"full",status_unplugged:"ej ansluten",status_on:"på",status_off:"av",status_blind:"blind",status_fault:"fel",status_switching:"byter faser",status_unavailable:"inte tillgänglig",mode_standard:"Standard",mode_continuous:"Alltid",mode_solar_priority:"Sol först",mode_solar_only:"Bara sol",mode_excess:"Överskott",mode_off:"Av",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batteri",battery_in:"laddas",battery_out:"laddas ur",grid:"Nät",house:"Hus",export:"Export",free:"ledigt",over:"för mycket",of_fuse:"av {0}",may_have:"får ta {0}",phase_count:"{0} faser",one_phase:"1 fas",mode:"Läge",boost:"Boost",at_most:"Högst",session:"denna laddning",confirmed:"Klart",pending:"Skickat …",late:"Enheten visar det inte än",no_loads:"Inga laster än. Nämn dem i CONFIG, så syns de här.",versions:"Det här kortet är version {0}, skripten är {1}. Installera båda från samma utgåva och ladda om sidan.",not_running:"sensor.fusebox_site finns inte. Se pyscripts logg, eller anropa pyscript.fusebox_setup.",today:"I dag",total:"Totalt",no_history:"Ingenting är inspelat än",old:"siffror är {0} min gamla",target:"mål",fuse:"säkring",price:"pris",now:"nu",window:"Dessa {0} minuter",window_left:"{0} min kvar",month_peak:"Månadens topp",radiators:"Element",rad_on:"på",rad_waits:"väntar",rad_warm:"varmt nog",event_limited:"hålls tillbaka",event_shed:"stoppad",event_blind:"blind",event_recovered:"över",event_escalated:"titta",phases:"Faser",ready_by:"Klar kl.",how_much:"Hur mycket",unit:"Enhet",set_plan:"Planera",clear_plan:"Rensa",plan_none:"ingen plan",plan_waiting:"planerad",plan_running:"planen körs",plan_done:"planen är klar",plan_late:"planen är försenad",edit_title:"Titel",edit_hours:"Timmar bakåt",edit_hide_today:"Utan bilden av i dag",edit_controls:"Lasternas reglage",controls_auto:"öppna vid få laster",controls_always:"alltid öppna",controls_tap:"öppna vid tryck"},values:{},reasons:{}};var In={card:{name:"Fusebox",description:"Fases, cargas y el día, de un vistazo",state_ok:"Todo va bien",state_limited:"Hay cargas limitadas",state_over:"Demasiado en un circuito",state_blind:"El contador no responde",state_fault:"Una carga tiene un fallo",state_config_error:"CONFIG tiene un error",state_dry_run:"Prueba: no se manda nada",state_missing:"Fusebox no funciona",state_starting:"Home Assistant arranca",state_unreachable:"Sin conexión con Home Assistant",status_charging:"cargando",status_waiting:"esperando",status_paused:"en pausa",status_full:"llena",status_unplugged:"desenchufada",status_on:"encendida",status_off:"apagada",status_blind:"sin medida",status_fault:"fallo",status_switching:"cambia de fases",status_unavailable:"no disponible",mode_standard:"Estándar",mode_continuous:"Siempre",mode_solar_priority:"Sol primero",mode_solar_only:"Solo sol",mode_excess:"Excedente",mode_off:"Apagado",mode_normal:"Normal",mode_boost:"Boost",sun:"Sol",battery:"Batería",battery_in:"se carga",battery_out:"se descarga",grid:"Red",house:"Casa",export:"Vertido",free:"libre",over:"de más",of_fuse:"de {0}",may_have:"puede tener {0}",phase_count:"{0} fases",one_phase:"1 fase",mode:"Modo",boost:"Boost",at_most:"Como máximo",session:"esta sesión",confirmed:"Hecho",pending:"Enviado …",late:"El aparato aún no lo muestra",no_loads:"Aún no hay cargas. Nombradas en CONFIG, aparecen aquí.",versions:"Esta tarjeta es la versión {0}, los scripts son {1}. Instala ambos de la misma versión y recarga la página.",not_running:"No existe sensor.fusebox_site. Mire el registro de pyscript o llame a pyscript.fusebox_setup.",today:"Hoy",total:"Total",no_history:"Aún no hay nada grabado",old:"datos de hace {0} min",target:"objetivo",fuse:"fusible",price:"precio",now:"ahora",window:"Estos {0} minutos",window_left:"quedan {0} min",month_peak:"Pico del mes",radiators:"Radiadores",rad_on:"encendido",rad_waits:"espera",rad_warm:"caliente",event_limited:"limitado",event_shed:"parado",event_blind:"sin medida",event_recovered:"resuelto",event_escalated:"revisar",phases:"Fases",ready_by:"Listo a las",how_much:"Cuánto",unit:"Unidad",set_plan:"Planificar",clear_plan:"Borrar",plan_none:"sin plan",plan_waiting:"previsto",plan_running:"plan en marcha",plan_done:"plan cumplido",plan_late:"plan con retraso",edit_title:"Título",edit_hours:"Horas del pasado",edit_hide_today:"Sin la imagen del día",edit_controls:"Mandos de las cargas",controls_auto:"abiertos si hay pocas cargas",controls_always:"siempre abiertos",controls_tap:"abiertos al tocar"},values:{},reasons:{}};var Un={card:{name:"Fusebox",description:"Phases, charges et journée, d’un coup d’œil",state_ok:"Tout va bien",state_limited:"Des charges sont limitées",state_over:"Trop sur un circuit",state_blind:"Le compteur est muet",state_fault:"Une charge est en défaut",state_config_error:"CONFIG contient une erreur",state_dry_run:"À blanc : rien n’est commandé",state_missing:"Fusebox ne tourne pas",state_starting:"Home Assistant démarre",state_unreachable:"Pas de connexion à Home Assistant",status_charging:"charge",status_waiting:"attend",status_paused:"en pause",status_full:"pleine",status_unplugged:"débranchée",status_on:"en marche",status_off:"arrêtée",status_blind:"sans mesure",status_fault:"en défaut",status_switching:"change de phases",status_unavailable:"indisponible",mode_standard:"Standard",mode_continuous:"Toujours",mode_solar_priority:"Soleil d’abord",mode_solar_only:"Soleil seul",mode_excess:"Excédent",mode_off:"Arrêt",mode_normal:"Normal",mode_boost:"Boost",sun:"Soleil",battery:"Batterie",battery_in:"se charge",battery_out:"se décharge",grid:"Réseau",house:"Maison",export:"Injection",free:"libre",over:"trop",of_fuse:"sur {0}",may_have:"a droit à {0}",phase_count:"{0} phases",one_phase:"1 phase",mode:"Mode",boost:"Boost",at_most:"Au plus",session:"cette session",confirmed:"C’est fait",pending:"Envoyé …",late:"L’appareil ne le montre pas encore",no_loads:"Pas encore de charges. Nommées dans CONFIG, elles apparaissent ici.",versions:"Cette carte est en version {0}, les scripts en {1}. Installez les deux depuis la même version, puis rechargez la page.",not_running:"sensor.fusebox_site n’existe pas. Voir le journal de pyscript, ou appeler pyscript.fusebox_setup.",today:"Aujourd’hui",total:"Total",no_history:"Rien n’est encore enregistré",old:"chiffres d'il y a {0} min",target:"objectif",fuse:"fusible",price:"prix",now:"maintenant",window:"Ces {0} minutes",window_left:"encore {0} min",month_peak:"Pointe du mois",radiators:"Radiateurs",rad_on:"allumé",rad_waits:"attend",rad_warm:"assez chaud",event_limited:"limité",event_shed:"arrêté",event_blind:"sans mesure",event_recovered:"rétabli",event_escalated:"à voir",phases:"Phases",ready_by:"Prêt à",how_much:"Combien",unit:"Unité",set_plan:"Planifier",clear_plan:"Effacer",plan_none:"pas de plan",plan_waiting:"prévu",plan_running:"plan en cours",plan_done:"plan accompli",plan_late:"plan en retard",edit_title:"Titre",edit_hours:"Heures passées",edit_hide_today:"Sans l’image de la journée",edit_controls:"Commandes des charges",controls_auto:"ouvertes s’il y a peu de charges",controls_always:"toujours ouvertes",controls_tap:"ouvertes au toucher"},values:{},reasons:{}};var jn={...pt,values:{},reasons:{}},Bn={da:Nn,de:Ln,en:jn,es:In,fr:Un,nb:Ie,nl:zn,no:Ie,nn:Ie,sv:Wn},Fn=new Map;function ge(t){let e=Fn.get(t)??_r(t);return Fn.set(t,e),e}function _r(t){let e=Bn[t]??Bn[t.split("-")[0]??""]??jn;return Object.assign((s,...r)=>e.card[s].replace(/\{(\d)\}/g,(a,o)=>String(r[Number(o)]??"")),{language:e})}function E(t,e,n){let s=`${e}_${n}`;return s in pt.card?t(s):n.replaceAll("_"," ")}function Dn(t){let e=ge(t),n=["auto","always","tap"].map(s=>({value:s,label:e(`controls_${s}`)}));return{schema:[{name:"title",selector:{text:{}}},{name:"controls",selector:{select:{mode:"dropdown",options:n}}},{name:"hours",selector:{number:{min:1,max:48,mode:"box"}}},{name:"hide_today",selector:{boolean:{}}}],computeLabel:s=>e(`edit_${s.name}`)}}var Kn=new Map;function x(t,e){Kn.set(t,e),customElements.get(t)===void 0&&customElements.define(t,e)}var br=6e4,wr=50;function Gn(){let t=window.customElements,e=setInterval(()=>{if(window.customElements!==t)for(let[n,s]of Kn)x(n,s);else if(performance.now()<br)return;clearInterval(e)},wr)}var $=g`
  :host {
    display: block;
    --fb-house: #858b96;
    --fb-text: var(--primary-text-color, #212121);
    --fb-dim: var(--secondary-text-color, #727272);
    --fb-line: var(--divider-color, #e0e0e0);
    --fb-card: var(--ha-card-background, var(--card-background-color, #fff));
    --fb-track: color-mix(in srgb, var(--fb-text) 8%, transparent);
    --fb-accent: var(--primary-color, #03a9f4);
    --fb-bad: var(--error-color, #db4437);
    --fb-warn: var(--warning-color, #ffa600);
    --fb-good: var(--success-color, #43a047);
    color: var(--fb-text);
    font-size: 14px;
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
  }
  h3 {
    margin: 0;
    font-size: 15px;
    font-weight: 500;
  }
  p {
    margin: 0;
  }
  .dim {
    color: var(--fb-dim);
  }
  .number {
    text-align: right;
    white-space: nowrap;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: none;
    padding: 0;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  :focus-visible {
    outline: 2px solid var(--fb-accent);
    outline-offset: 2px;
  }
  .choices {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(min-content, 1fr);
    gap: 1px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    overflow: hidden;
    background: var(--fb-line);
  }
  .choices.many {
    grid-auto-flow: row;
    grid-template-columns: repeat(3, minmax(min-content, 1fr));
  }
  .choices button {
    min-width: 0;
    min-height: 40px;
    padding: 2px 3px;
    font-size: 12.5px;
    line-height: 1.15;
    hyphens: auto;
    background: var(--fb-card);
    color: var(--fb-dim);
    outline-offset: -3px;
    transition: background-color 0.2s;
  }
  .choices button[aria-pressed="true"] {
    background: color-mix(in srgb, var(--fb-accent) 20%, var(--fb-card));
    color: var(--fb-text);
    font-weight: 600;
  }
  [data-pending] {
    animation: wait 1s ease-in-out infinite alternate;
  }
  @keyframes wait {
    to {
      background-color: color-mix(in srgb, var(--fb-accent) 6%, transparent);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;var Vn=new Map;function _(t,e,n){return t===null?"–":qn(t,e,e,n)}function mt(t,e){return qn(t,0,3,e)}function qn(t,e,n,s){let r=`${s} ${e} ${n}`,a=Vn.get(r);a===void 0&&(a=new Intl.NumberFormat(s,{minimumFractionDigits:e,maximumFractionDigits:n}),Vn.set(r,a));let o=Math.round(t*10**n)/10**n;return a.format(o===0?0:o).replace("-","−")}function S(t,e){return`${_(t===null?null:t/1e3,1,e)} kW`}function R(t,e){return`${_(t,1,e)} A`}var Yn=new Map;function G(t,e,n){let s=`${e} ${n??""}`,r=Yn.get(s);return r===void 0&&(r=new Intl.DateTimeFormat(e,{hour:"2-digit",minute:"2-digit",hourCycle:"h23",...n===void 0?{}:{timeZone:n}}),Yn.set(s,r)),r.format(t)}var ht=class extends b{static{this.properties={site:{attribute:!1},flow:{attribute:!1},say:{attribute:!1},language:{}}}static{this.styles=[$,g`
      .bar {
        display: flex;
        gap: 2px;
        height: 14px;
        margin-bottom: 3px;
        border-radius: 7px;
        overflow: hidden;
        background: var(--fb-track);
      }
      .bar span {
        min-width: 0;
        flex: var(--w) 1 0;
        background: var(--c);
        transition: flex-grow 0.6s;
      }
      dl {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: minmax(min-content, 1fr);
        gap: 6px;
        margin: 8px 0 0;
      }
      dt {
        display: flex;
        align-items: center;
        gap: 5px;
        font-size: 12.5px;
        white-space: nowrap;
        --mdc-icon-size: 18px;
      }
      dd {
        margin: 0;
        font-size: 16px;
        font-weight: 500;
        white-space: nowrap;
      }
      .does {
        min-height: 1.4em;
        font-size: 12.5px;
        font-weight: normal;
      }
    `]}render(){let e=this.facts(),n=e.map(s=>[s.label,s.level,s.does,s.value].filter(Boolean).join(" ")).join(", ");return u`
      <div role="img" aria-label=${n}>
        ${this.bar(this.flow?.from??[])} ${this.bar(this.flow?.to??[])}
      </div>
      <dl>
        ${e.map(s=>u`<div>
            <dt class="dim" title=${s.label}><ha-icon icon=${s.icon} style="color: ${s.colour}"></ha-icon>${s.level??s.label}</dt>
            <dd>${s.value}</dd>
            ${s.does===void 0?m:u`<dd class="does dim">${s.does}</dd>`}
          </div>`)}
      </dl>
    `}bar(e){let n=s=>s.title||this.say(s.key);return u`<div class="bar">
      ${e.map(s=>u`<span
          style="--c: ${s.key==="export"?Te(s.colour):s.colour}; --w: ${Math.round(s.watts)}"
          title="${n(s)} ${S(s.watts,this.language)}"
        ></span>`)}
    </div>`}facts(){let{site:e,flow:n,say:s,language:r}=this,a=[];if(e.solarW!==null&&a.push({icon:"mdi:white-balance-sunny",colour:j,label:s("sun"),value:S(Math.max(e.solarW,0),r)}),e.batteryPct!==null||e.batteryW!==null){let d=e.batteryPct===null?s("battery"):`${_(e.batteryPct,0,r)} %`,p=e.batteryW===null?null:Math.abs(e.batteryW),c=hn(e.batteryW),f={in:"mdi:battery-arrow-up",out:"mdi:battery-arrow-down",rests:"mdi:battery-medium"}[c],w=c==="rests"?"":s(c==="in"?"battery_in":"battery_out");a.push({icon:f,colour:c==="in"?D:se,label:s("battery"),value:S(p,r),level:d,does:w})}a.push({icon:"mdi:home",colour:F,label:s("house"),value:S(n?.houseW??null,r)});let o=n===null?null:vr(n),i=(o??0)<0,l=o===null?null:Math.abs(o);return a.push({icon:"mdi:transmission-tower",colour:i?ne:Re,label:s(i?"export":"grid"),value:S(l,r)}),a}};function vr(t){return(t.from.find(n=>n.key==="grid")?.watts??0)-(t.to.find(n=>n.key==="export")?.watts??0)}x("fusebox-card-flow",ht);function N(t,e,n){let{values:s,reasons:r}=e.language,a=r[t.code];if(a===void 0)return t.sentence;let o=Object.fromEntries(Object.entries(t.values).map(([p,c])=>[p,typeof c=="number"?mt(c,n):xr(p,c,s,n)])),i=p=>Zn(p).every(c=>c in o),l=a.replace(/\[([^[\]]*)\]/g,(p,c)=>i(c)?c:"");if(!i(l))return t.sentence;let d=l.replace(/\{(\w+)\}/g,(p,c)=>o[c]??"");return o.load===void 0||Zn(a).includes("load")?d:`${o.load}: ${d}`}function Zn(t){return[...t.matchAll(/\{(\w+)\}/g)].map(([,e])=>e??"")}function xr(t,e,n,s){let[,r=e,a=""]=/^(.*?)((?: L[123])+)$/.exec(e)??[],o=n[t]??{},i=o[r]??o["*"]?.replace("*",r);return i!==void 0?i+a:e.replace(/(\d+)\.(\d+)(?= k?W\b| A\b)/g,l=>mt(Number(l),s))}var $r={ok:["mdi:check-circle","good"],limited:["mdi:arrow-collapse-vertical","warn"],starting:["mdi:timer-sand","calm"],dry_run:["mdi:eye-outline","calm"],over:["mdi:flash-alert","bad"],blind:["mdi:eye-off","bad"],fault:["mdi:alert-circle","bad"]},kr=u`<svg class="bad" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
  <g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round">
    <path d="M4 4l16 16M8.5 15.5a5 5 0 0 1 6.5-.4M5 12a10 10 0 0 1 4-2.5M14 9.2A10 10 0 0 1 19 12" />
    <circle cx="12" cy="19" r="0.8" />
  </g>
</svg>`,ft=class extends b{static{this.properties={site:{attribute:!1},say:{attribute:!1},language:{},heading:{},link:{},age:{attribute:!1},open:{state:!0}}}static{this.styles=[$,g`
      button {
        display: grid;
        grid-template-columns: 28px 1fr 20px;
        gap: 4px 10px;
        width: 100%;
        align-items: center;
        text-align: start;
      }
      .state {
        font-size: 18px;
        font-weight: 500;
        line-height: 1.25;
      }
      .title {
        font-size: 12.5px;
      }
      .age {
        display: block;
        font-size: 13px;
      }
      .reason {
        grid-column: 1 / -1;
        min-height: 1.4em;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .open .reason {
        white-space: normal;
      }
      .good {
        color: var(--fb-good);
      }
      .warn {
        color: var(--fb-warn);
      }
      .bad {
        color: var(--fb-bad);
      }
      .calm {
        color: var(--fb-accent);
      }
      ul {
        margin: 6px 0 0;
        padding-inline-start: 18px;
      }
    `]}render(){let{site:e,say:n,open:s}=this,r=e.state==="missing",a=this.link==="unreachable",o=a||r&&this.link==="starting"?this.link:e.state,[i,l]=$r[o]??["mdi:alert-circle","bad"],d=r?this.link==="whole"?n("not_running"):"":N(e.reason,n,this.language),p=a?kr:u`<ha-icon class=${l} icon=${i}></ha-icon>`;return u`
      <button
        class=${s||r?"open":""}
        aria-expanded=${s||r?"true":"false"}
        @click=${()=>{this.open=!this.open}}
      >
        ${p}
        <span>
          ${this.heading?u`<span class="title dim">${this.heading}</span><br />`:m}
          <span class="state">${E(n,"state",o)}</span>
          ${this.age===null||this.age.minutes<1?m:u`<span class="age dim">${n("old",this.age.minutes)}</span>`}
        </span>
        <ha-icon class="dim" icon=${s?"mdi:chevron-up":"mdi:chevron-down"}></ha-icon>
        <span class="reason dim">${a?"":d}</span>
      </button>
      ${e.more.length>0&&(s||e.state==="config_error")?u`<ul>
            ${e.more.map(c=>u`<li>${c}</li>`)}
          </ul>`:m}
    `}};x("fusebox-card-head",ft);var Ar={sent:"mdi:timer-sand",taken:"mdi:timer-sand",confirmed:"mdi:check",refused:"mdi:cancel",late:"mdi:timer-alert-outline"},Sr=.05,Mr=g`
  .said {
    min-height: 1.4em;
    font-size: 13px;
    --mdc-icon-size: 18px;
  }
  .said [role="status"] {
    display: flex;
    gap: 6px;
  }
`;function Or(t,e,n,s){let r=Er(t,e);return u`<div class="said">
    ${r===null?u`<span class="dim">${Tr(t,n,s)}</span>`:m}
    <span role="status">
      ${r===null?m:u`<ha-icon icon=${Ar[r.stage]}></ha-icon><span>${Rr(r,n)}</span>`}
    </span>
  </div>`}function Er(t,e){return en.flatMap(s=>e.get(v(t,s))??[]).sort((s,r)=>r.sinceMs-s.sinceMs)[0]??null}function Rr({stage:t,sentence:e},n){return t==="refused"?e||n("state_unreachable"):n(t==="confirmed"?"confirmed":t==="late"?"late":"pending")}function Tr(t,e,n){if(t.sessionKwh===null||t.sessionKwh<Sr)return"";let s=t.sessionSolarPct===null?"":` · ${_(t.sessionSolarPct,0,n)} % ${e("sun")}`;return`${_(t.sessionKwh,1,n)} kWh ${e("session")}${s}`}var Ue={styles:Mr,render:Or};var Xn=g`
  .plan summary {
    display: grid;
    grid-template-columns: 18px minmax(0, 1fr) 20px;
    gap: 8px;
    align-items: center;
    min-height: 40px;
    padding: 0 10px 0 12px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    color: var(--fb-dim);
    cursor: pointer;
    list-style: none;
    --mdc-icon-size: 18px;
  }
  .plan summary::-webkit-details-marker {
    display: none;
  }
  .plan summary span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .plan.set summary b {
    font-weight: 500;
    color: var(--fb-text);
  }
  .plan[open] summary span {
    padding: 8px 0;
    white-space: normal;
  }
  .plan[open] .turn {
    transform: rotate(180deg);
  }
  .controls .line:has(.plan[open]) {
    grid-template-columns: minmax(0, 1fr);
  }
  form {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    gap: 8px 12px;
    padding: 8px 0 2px;
    align-items: end;
    font-size: 13px;
  }
  form label {
    display: grid;
    gap: 2px;
    min-width: 0;
  }
  /* Three digits, a decimal and the unit fit, also on a phone. */
  .much {
    min-width: 150px;
  }
  input[type="number"] {
    appearance: textfield;
  }
  .amount {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
  }
  .field {
    box-sizing: border-box;
    width: 100%;
    min-width: 0;
    height: 40px;
    padding: 0 10px;
    border: 1px solid var(--fb-dim);
    border-radius: 10px;
    font: inherit;
    font-size: 14px;
    color: var(--fb-text);
    background: var(--fb-card);
    color-scheme: inherit;
  }
  .amount .field:first-child {
    border-start-end-radius: 0;
    border-end-end-radius: 0;
    border-inline-end: none;
  }
  .amount .field:last-child {
    border-start-start-radius: 0;
    border-end-start-radius: 0;
  }
  .does {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    gap: 8px;
  }
  .does button {
    min-height: 40px;
    padding: 0 10px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
  }
  .does .main {
    border-color: transparent;
    background: color-mix(in srgb, var(--fb-accent) 20%, var(--fb-card));
    font-weight: 600;
  }
`;function W(t,e,n){let s={load:t.load,control:e,value:n};t.dispatchEvent(new CustomEvent("fusebox-wanted",{detail:s,bubbles:!0,composed:!0}))}var Cr={energy_kwh:"kWh",soc_target_pct:"%",hours:"h"},Hr="07:00";function Pr(t,e){let{load:n,say:s,asks:r}=t,a=Le(e),o=B(r,v(n,"plan")),i=zr(n),l=i.find(d=>e.asked[d]!==void 0)??i[0];return u`<details class="plan ${a?"set":""}">
    <summary ?data-pending=${o}>
      <ha-icon icon=${a?"mdi:calendar-clock":"mdi:calendar-plus"}></ha-icon>
      <span title=${N(e.reason,s,t.language)}>
        <b>${E(s,"plan",e.state)}</b>${Lr(e,t.priceUnit,s,t.language)}
      </span>
      <ha-icon class="turn" icon="mdi:chevron-down"></ha-icon>
    </summary>
    <form @submit=${d=>Nr(t,d)}>
      <label><span class="dim">${s("ready_by")}</span><input class="field" name="ready_by" type="time" required value=${e.asked.readyBy??Hr} /></label>
      <label class="much">
        <span class="dim">${s("how_much")}</span>
        <span class="amount">
          <input class="field" name="amount" type="number" min="0.5" step="0.5" required inputmode="decimal" value=${(l&&e.asked[l])??""} />
          <select class="field" name="unit" aria-label=${s("unit")}>
            ${i.map(d=>u`<option value=${d} ?selected=${d===l}>${Cr[d]}</option>`)}
          </select>
        </span>
      </label>
      ${t.priceUnit===""?m:u`<label>
            <span class="dim">${s("at_most")} ${t.priceUnit}</span>
            <input class="field" name="max_price" type="number" step="0.001" inputmode="decimal" value=${e.asked.max_price??""} />
          </label>`}
      <div class="does">
        <button class="main" type="submit">${s("set_plan")}</button>
        ${a?u`<button type="button" @click=${()=>W(t,"plan","")}>${s("clear_plan")}</button>`:m}
      </div>
    </form>
  </details>`}function Lr(t,e,n,s){let r=N(t.reason,n,s);if(r!=="")return` · ${r}`;let[a=""]=e.split("/");return t.cost===null?"":` · ${_(t.cost,2,s)} ${a}`.trimEnd()}function zr(t){return t.currentA===null?["hours","energy_kwh"]:["energy_kwh","soc_target_pct"]}function Nr(t,e){e.preventDefault();let n=new FormData(e.target),s=r=>String(n.get(r)??"");W(t,"plan",gn(s("ready_by"),Number(s("amount")),s("unit"),s("max_price")))}var Be={styles:Xn,render:Pr};var Q={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Fe=t=>(...e)=>({_$litDirective$:t,values:e}),ae=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,n,s){this._$Ct=e,this._$AM=n,this._$Ci=s}_$AS(e,n){return this.update(e,n)}update(e,n){return this.render(...n)}};var{I:wi}=Yt;var Jn=t=>t.strings===void 0;var Wr={},Qn=(t,e=Wr)=>t._$AH=e;var gt=Fe(class extends ae{constructor(t){if(super(t),t.type!==Q.PROPERTY&&t.type!==Q.ATTRIBUTE&&t.type!==Q.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!Jn(t))throw Error("`live` bindings can only contain a single expression")}render(t){return t}update(t,[e]){if(e===A||e===m)return e;let n=t.element,s=t.name;if(t.type===Q.PROPERTY){if(e===n[s])return A}else if(t.type===Q.BOOLEAN_ATTRIBUTE){if(!!e===n.hasAttribute(s))return A}else if(t.type===Q.ATTRIBUTE&&n.getAttribute(s)===e+"")return A;return Qn(t),e}});var Ir=g`
  .slider {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) 40px;
    gap: 8px;
    align-items: center;
    font-size: 13px;
  }
  input[type="range"] {
    appearance: none;
    width: 100%;
    height: 40px;
    margin: 0;
    background: linear-gradient(90deg, var(--fb-accent) var(--part), var(--fb-track) var(--part)) center / 100% 6px no-repeat;
    cursor: pointer;
  }
  input::-webkit-slider-thumb {
    appearance: none;
    width: 22px;
    height: 22px;
    border: 2px solid var(--fb-card);
    border-radius: 50%;
    background: var(--fb-accent);
  }
  input::-moz-range-thumb {
    width: 20px;
    height: 20px;
    border: 2px solid var(--fb-card);
    border-radius: 50%;
    background: var(--fb-accent);
  }
`;function Ur(t,e){let{load:n,say:s,asks:r,language:a}=t,o=U(r,v(n,"max"),e.max),i=p=>`${_(p,p%1===0?0:1,a)} A`,l=p=>{let c=p.target,f=c.nextElementSibling;c.style.setProperty("--part",es(e,Number(c.value))),f!==null&&(f.textContent=i(Number(c.value)))},d=p=>W(t,"max",Number(p.target.value));return u`<label class="slider">
    <span class="dim">${s("at_most")}</span>
    <input
      type="range"
      min=${e.min}
      max=${e.top}
      step="1"
      .value=${gt(String(o))}
      style="--part: ${es(e,o)}"
      aria-valuetext=${i(o)}
      ?data-pending=${B(r,v(n,"max"))}
      @input=${l}
      @change=${d}
    />
    <output class="number" .textContent=${gt(i(o))}></output>
  </label>`}function es(t,e){return`${(100*(e-t.min)/(t.top-t.min||1)).toFixed(1)}%`}var je={styles:Ir,render:Ur};var Br=5,Fr=g`
  .controls {
    display: grid;
    gap: 6px;
    padding: 6px 0 0 46px;
  }
  .line {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 12px;
    align-items: start;
  }
  .line.end {
    grid-template-columns: minmax(0, 1fr) auto;
  }
  .line .said {
    align-self: center;
  }
  .boost {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 40px;
    padding: 0 12px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    color: var(--fb-dim);
    --mdc-icon-size: 18px;
  }
  .boost[aria-pressed="true"] {
    background: color-mix(in srgb, var(--fb-accent) 20%, transparent);
    color: var(--fb-text);
    font-weight: 600;
  }
  @container (max-width: 420px) {
    .controls {
      padding-inline-start: 0;
    }
  }
`;function jr(t){let{load:e}=t,n=e.boosted!==null,s=Ue.render(e,t.asks,t.say,t.language),r=e.plan===null?m:Be.render(t,e.plan),a=e.currentA===null?m:je.render(t,e.currentA),o=a===m?r===m?s:r:a,i=o===a&&e.plan!==null&&!Le(e.plan);return u`<div class="controls">
    ${e.modes.length>1?Dr(t,n):m}
    ${n?u`<div class="line"><span>${Kr(t)}</span> ${o}</div>`:o}
    ${e.canSwitchPhases?Gr(t):m} ${o===a&&!i?r:m}
    ${i?u`<div class="line end">${s} ${r}</div>`:o===s?m:s}
  </div>`}function Dr(t,e){let{load:n,say:s,asks:r}=t,a=U(r,v(n,"mode"),n.mode),o=n.modes.filter(i=>!(e&&i==="boost"));return u`<div class="choices ${o.length>Br?"many":""}" role="group" aria-label=${s("mode")}>
    ${o.map(i=>u`<button
        aria-pressed=${i===a?"true":"false"}
        ?data-pending=${i===a&&B(r,v(n,"mode"))}
        @click=${()=>W(t,"mode",i)}
      >
        ${E(s,"mode",i)}
      </button>`)}
  </div>`}function Kr(t){let{load:e,say:n,asks:s}=t,r=U(s,v(e,"boost"),e.boosted===!0);return u`<button
    class="boost"
    aria-pressed=${r?"true":"false"}
    ?data-pending=${B(s,v(e,"boost"))}
    @click=${()=>W(t,"boost",!r)}
  >
    <ha-icon icon=${r?"mdi:flash":"mdi:flash-outline"}></ha-icon>${n("boost")}
  </button>`}function Gr(t){let{load:e,say:n,asks:s}=t,r=U(s,v(e,"phases"),e.phasesUsed??0),a=B(s,v(e,"phases"));return u`<div class="choices" role="group" aria-label=${n("phases")}>
    ${[1,e.phases.length].map(o=>u`<button
        aria-pressed=${o===r?"true":"false"}
        ?data-pending=${o===r&&a}
        @click=${()=>W(t,"phases",o)}
      >
        ${o===1?n("one_phase"):n("phase_count",o)}
      </button>`)}
  </div>`}var yt={styles:Fr,render:jr};function ts(t,e,n){if(t.share===null||t.share===0)return"";if(t.unit==="W")return e("may_have",S(t.share,n));let s=$n(t);return e("may_have",`${_(t.share,1,n)} A${s>1?` × ${s}`:""}`)}var _t=class extends b{constructor(){super(...arguments);this.toggle=()=>{this.open=!this.open}}static{this.properties={load:{attribute:!1},asks:{attribute:!1},say:{attribute:!1},language:{},priceUnit:{},pinned:{type:Boolean},open:{state:!0}}}static{this.styles=[$,g`
      .head {
        display: grid;
        grid-template-columns: 36px minmax(0, 1fr) auto 20px;
        column-gap: 10px;
        width: 100%;
        align-items: center;
        text-align: start;
      }
      .icon {
        display: grid;
        place-items: center;
        width: 36px;
        height: 36px;
        border-radius: 50%;
        background: var(--c);
        color: #fff;
        --mdc-icon-size: 20px;
      }
      .resting .icon {
        background: none;
        color: var(--c);
        box-shadow: inset 0 0 0 2px var(--c);
      }
      .title {
        font-weight: 500;
        font-size: 15px;
      }
      .title,
      .state,
      .reason {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .state {
        font-size: 13px;
      }
      .number b {
        display: block;
        font-size: 16px;
        font-weight: 500;
      }
      .number small {
        font-size: 12px;
        color: var(--fb-dim);
      }
      .reason {
        padding-inline-start: 46px;
        font-size: 13px;
        min-height: 1.4em;
      }
      .open .reason {
        white-space: normal;
      }
      .bad {
        color: var(--fb-bad);
        --mdc-icon-size: 15px;
      }
    `,Ue.styles,je.styles,Be.styles,yt.styles]}render(){let{load:n,say:s}=this,r=!["charging","on","switching"].includes(n.status),a=["fault","blind","unavailable"].includes(n.status),o=U(this.asks,v(n,"mode"),n.mode);return u`<section class="${r?"resting":""} ${this.open?"open":""}" style="--c: ${n.colour}">
      <button class="head" aria-expanded=${this.open?"true":"false"} @click=${this.toggle}>
        <span class="icon"><ha-icon icon=${n.icon}></ha-icon></span>
        <span style="min-width: 0">
          <span class="title">${n.title}</span>
          <span class="state dim">
            ${a?u`<ha-icon class="bad" icon="mdi:alert"></ha-icon>`:m}
            ${E(s,"status",n.status)}${o===""?"":` · ${E(s,"mode",o)}`}
          </span>
        </span>
        <span class="number">
          <b>${S(n.drawW,this.language)}</b>
          <small>${ts(n,s,this.language)}</small>
        </span>
        <ha-icon class="dim" icon=${this.open?"mdi:chevron-up":"mdi:chevron-down"}></ha-icon>
      </button>
      <p class="reason dim">${N(n.reason,s,this.language)}</p>
      ${this.open||this.pinned?yt.render(this):m}
    </section>`}};x("fusebox-card-load",_t);var bt=class extends b{static{this.properties={group:{attribute:!1},say:{attribute:!1}}}static{this.styles=[$,g`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 14px;
        margin: 8px 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 6px;
        font-size: 13px;
      }
      i {
        position: relative;
        box-sizing: border-box;
        width: 14px;
        height: 14px;
        border-radius: 50%;
        border: 2px solid var(--fb-dim);
      }
      .on i {
        background: var(--state-climate-heat-color, #ff8100);
        border-color: var(--state-climate-heat-color, #ff8100);
      }
      .waits i {
        border-color: var(--state-climate-heat-color, #ff8100);
        background: linear-gradient(90deg, var(--state-climate-heat-color, #ff8100) 50%, transparent 50%);
      }
      .line {
        display: flex;
        justify-content: space-between;
      }
      ha-icon {
        --mdc-icon-size: 14px;
      }
      small {
        font-size: 12px;
      }
    `]}render(){let{group:e,say:n}=this,s=e.dots.filter(r=>r.is==="on").length;return u`
      <div class="line">
        <h3>${e.title?`${n("radiators")}: ${e.title}`:n("radiators")}</h3>
        <span class="dim">${s}${e.allowed===null?"":` ${n("of_fuse",e.allowed)}`}</span>
      </div>
      <ul>
        ${e.dots.map(r=>this.dot(r))}
      </ul>
    `}dot(e){let n=this.say(`rad_${e.is}`);return u`<li class=${e.is}>
      <i></i><span>${e.name} <small class="dim">${n}</small></span>
      ${e.boosted?u`<ha-icon icon="mdi:flash" title=${this.say("boost")}></ha-icon>`:m}
    </li>`}};x("fusebox-card-radiators",bt);var wt=class extends b{static{this.properties={tariff:{attribute:!1},say:{attribute:!1},language:{}}}static{this.styles=[$,g`
      .line {
        display: flex;
        justify-content: space-between;
        gap: 8px;
        align-items: baseline;
      }
      .bar {
        position: relative;
        height: 12px;
        margin: 6px 0;
        border-radius: 6px;
        background: var(--fb-track);
      }
      .bar span {
        position: absolute;
        inset-block: 0;
        left: 0;
        border-radius: 6px;
        background: var(--energy-grid-consumption-color, #488fc2);
        transition: width 0.6s;
      }
      .bar .beyond {
        background: var(--fb-bad);
      }
      .bar .cut {
        border-start-end-radius: 0;
        border-end-end-radius: 0;
      }
      .bar i {
        position: absolute;
        inset-block: -3px;
        width: 3px;
        margin-inline-start: -1.5px;
        border-radius: 2px;
        background: var(--fb-text);
      }
      .bar .month {
        width: 2px;
        background: var(--fb-dim);
      }
      b {
        font-weight: 500;
        font-size: 16px;
      }
      small {
        font-size: 12.5px;
      }
    `]}render(){let{tariff:e,say:n}=this,{projectedKw:s,targetKw:r,monthKw:a}=e,{withinKw:o,beyondKw:i,endKw:l}=kn(e),d=p=>`${(100*p/l).toFixed(1)}%`;return u`
      <div class="line">
        <h3>${n("window",e.windowMin)}</h3>
        <span><b>${this.kw(s)}</b> <small class="dim">${n("of_fuse",this.kw(r))}</small></span>
      </div>
      <div class="bar" role="img" aria-label="${this.kw(s)} ${n("of_fuse",this.kw(r))}">
        ${i>0?u`<span class="beyond" style="width: ${d(o+i)}"></span>`:m}
        <span class=${i>0?"cut":""} style="width: ${d(o)}"></span>
        ${a===null||a<=0?m:u`<i class="month" style="left: ${d(a)}"></i>`}
        ${r===null?m:u`<i style="left: ${d(r)}"></i>`}
      </div>
      <div class="line dim">
        <small>${n("window_left",Math.ceil(e.leftS/60))}</small>
        <small>${n("month_peak")} ${this.kw(a)}</small>
      </div>
    `}kw(e){return`${_(e,1,this.language)} kW`}};x("fusebox-card-tariff",wt);var Vr={},ns=Fe(class extends ae{constructor(){super(...arguments),this.ot=Vr}render(t,e){return e()}update(t,[e,n]){if(Array.isArray(e)){if(Array.isArray(this.ot)&&this.ot.length===e.length&&e.every((s,r)=>s===this.ot[r]))return A}else if(this.ot===e)return A;return this.ot=Array.isArray(e)?Array.from(e):e,this.render(e,n)}});var T="total";function vt(t,e){let n=Yr(t),s=t.map(o=>e===T?qr(o):Zr(o,e)),r=n.map(o=>({...o,spans:s.map(i=>i===null?null:i.spans.get(o.key)??null)})),a=[{key:"grid",colour:"var(--primary-text-color)",values:s.map(o=>o?.grid??null)}];return s.some(o=>o?.sun!=null)&&a.push({key:"sun",colour:j,values:s.map(o=>o?.sun??null)}),{times:t.map(o=>o.atMs),layers:r.filter(o=>o.spans.some(i=>i!==null&&i[1]-i[0]>0)),lines:a}}function Yr(t){let e=new Map(t.flatMap(n=>n.loads).map(n=>[n.entity,n]));return[{key:"house",colour:F,title:""},...[...e.values()].map(({entity:n,colour:s,title:r})=>({key:n,colour:s,title:r})),{key:"battery",colour:D,title:""}]}function qr(t){let e=Pe(t.site,t.loads),n=He(t.site);if(e===null||n===null)return null;let s=new Map,r=0;for(let a of e.to)s.set(a.key,[r,r+a.watts]),r+=a.watts;return{spans:ss(s,t,r),grid:n,sun:t.site.solarW}}function Zr(t,e){let n=t.site.gridA[e]??null;if(n===null)return null;let s=ut(t.site,t.loads,e),r=Math.max(s??0,0),a=ct(n,fe(e,t.loads),s),o=new Map(a.map(i=>[i.key,[i.fromA+r,i.toA+r]]));return{spans:ss(o,t,(a.at(-1)?.toA??0)+r),grid:n,sun:s===null?null:r}}function ss(t,e,n){let s=new Map,r=t.values().next().value?.[0]??Math.min(n,0);for(let a of["house",...e.loads.map(o=>o.entity),"battery"]){let o=t.get(a)??[r,r];s.set(a,o),r=o[1]}return s}function rs(t,e){let n=[...t.layers.flatMap(c=>c.spans.flatMap(f=>f===null?[]:[...f])),...t.lines.flatMap(c=>c.values.filter(f=>f!==null))],s=Math.max(0,...n),r=e.filter(c=>c<=Math.max(s,1)*3),a=Math.max(s,...r.map(c=>c*1.05))||1,o=Math.min(0,...n),i=Xr((a-o)/5),l=Math.floor(o/i+1e-9),d=Math.ceil(a/i-1e-9),p=Array.from({length:d-l+1},(c,f)=>(l+f)*i);return{low:l*i,high:d*i,ticks:p}}function as(t,{high:e}){return t.filter(n=>n<=e)}function Xr(t){let e=10**Math.floor(Math.log10(t)),n=t/e;return e*(n<=1?1:n<=2?2:n<=5?5:10)}var ee=1e3,De=300;function C(t,e){return ee*(e-t.fromMs)/(t.toMs-t.fromMs)}function ye(t,e){let{low:n,high:s}=t.scale;return De*(1-(e-n)/(s-n))}function os(t,e,n){return I`
    ${e.scale.ticks.map(s=>I`<line class="tick" x1="0" x2=${ee} y1=${ye(e,s)} y2=${ye(e,s)} />`)}
    ${t.layers.map(s=>I`<path class="layer" fill=${s.colour} d=${Jr(t,s,e)} />`)}
    ${n.map(s=>I`<line class="limit" x1="0" x2=${ee} y1=${ye(e,s)} y2=${ye(e,s)} />`)}
    ${t.lines.map(s=>I`<path class=${s.key} stroke=${s.colour} d=${Qr(t,s.values,e)} />`)}
  `}function Jr(t,e,n){return is(e.spans).map(s=>{let r=s.map(o=>xt(t,n,o,e.spans[o]?.[1]??0)),a=s.map(o=>xt(t,n,o,e.spans[o]?.[0]??0)).reverse();return`M${[...r,...a].join("L")}Z`}).join("")}function Qr(t,e,n){return is(e).map(s=>`M${s.map(r=>xt(t,n,r,e[r]??0)).join("L")}`).join("")}function xt(t,e,n,s){return`${C(e,t.times[n]??0).toFixed(1)} ${ye(e,s).toFixed(1)}`}function is(t){let e=[];return t.forEach((n,s)=>{n!==null&&(s>0&&t[s-1]!==null?e.at(-1)?.push(s):e.push([s]))}),e}var ls=4;function ds(t,e){let n=t.loads.filter(s=>(s.plan?.slots.length??0)>0);return u`
    ${n.map(s=>u`<p class="caption">${s.title} <span class="dim">${ea(s.plan?.slots??[],t)}</span></p>
        <div class="lane" role="img" aria-label=${`${s.title} ${s.plan===null?"":N(s.plan.reason,t.say,t.language)}`}>
        ${(s.plan?.slots??[]).map(r=>u`<span title=${s.title} style="--c: ${s.colour}; ${us(r,e)}"></span>`)}
      </div>`)}
    ${ta(t,e)}
  `}function ea(t,{language:e,zone:n}){let s=_n(t).map(({startMs:r,endMs:a})=>`${G(r,e,n)}–${G(a,e,n)}`);return[...s.slice(0,ls),...s.length>ls?["…"]:[]].join(", ")}function ta({prices:t,priceUnit:e,say:n,language:s},r){let a=t.filter(p=>p.endMs>r.fromMs&&p.startMs<r.toMs);if(a.length===0)return m;let o=a.map(p=>p.price??0),i=Math.max(...o,.01),l=Math.min(...o,0),d=`${_(Math.min(...o),2,s)} – ${_(Math.max(...o),2,s)} ${e}`.trimEnd();return u`<p class="caption dim">${n("price")} ${d}</p>
    <div class="prices" role="img" aria-label="${n("price")} ${d}">
    ${a.map(p=>{let c=100*((p.price??0)-l)/(i-l);return u`<span title=${_(p.price,3,s)} style="height: ${c.toFixed(1)}%; ${us(p,r)}"></span>`})}
  </div>`}function us(t,e){let n=Math.max(C(e,t.startMs)/10,0),s=Math.min(C(e,t.endMs)/10,100);return`left: ${n.toFixed(2)}%; width: ${Math.max(s-n,0).toFixed(2)}%`}var cs=g`
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
  }
  .choices {
    flex: 0 1 240px;
  }
  .choices button {
    min-height: 32px;
  }
  .readout {
    display: flex;
    flex-wrap: wrap;
    align-content: flex-start;
    gap: 0 12px;
    min-height: 2.8em;
    margin: 8px 0 6px;
    font-size: 13px;
  }
  .readout b {
    font-weight: 500;
  }
  .readout i {
    display: inline-block;
    width: 9px;
    height: 9px;
    margin-inline-end: 4px;
    border-radius: 2px;
  }
  .readout i.limit {
    height: 0;
    border-top: 2px dashed var(--fb-bad);
    border-radius: 0;
    vertical-align: middle;
  }
  /* Left of the picture is the place of its numbers: nothing is written over what it shows. */
  .picture,
  .times,
  .lane,
  .prices {
    margin-inline-start: 38px;
  }
  .picture {
    position: relative;
    height: 190px;
    touch-action: pan-y;
  }
  svg {
    display: block;
    width: 100%;
    height: 100%;
    overflow: visible;
  }
  svg * {
    vector-effect: non-scaling-stroke;
  }
  .layer {
    opacity: 0.85;
  }
  .tick {
    stroke: var(--fb-line);
    stroke-width: 1;
  }
  .limit {
    stroke: var(--fb-bad);
    stroke-width: 1.5;
    stroke-dasharray: 6 4;
  }
  .grid,
  .sun {
    fill: none;
    stroke-width: 1.8;
    stroke-linejoin: round;
  }
  .cursor {
    stroke: var(--fb-dim);
    stroke-width: 1;
  }
  .y {
    position: absolute;
    inset-inline-start: -38px;
    width: 34px;
    text-align: end;
    white-space: nowrap;
    font-size: 11px;
    line-height: 14px;
    transform: translateY(-50%);
    color: var(--fb-dim);
    pointer-events: none;
  }
  .caption {
    margin-top: 6px;
    font-size: 12.5px;
  }
  @container (min-width: 1250px) {
    .picture {
      height: 260px;
    }
  }
  .mark {
    position: absolute;
    top: -2px;
    width: 0;
    margin-inline-start: -5px;
    border: 5px solid transparent;
    border-top-color: var(--fb-warn);
  }
  .mark.blind,
  .mark.escalated {
    border-top-color: var(--fb-bad);
  }
  .mark.recovered {
    border-top-color: var(--fb-good);
  }
  .times {
    position: relative;
    height: 16px;
    font-size: 11.5px;
    color: var(--fb-dim);
    overflow: hidden;
  }
  .times span {
    position: absolute;
    transform: translateX(-50%);
  }
  .lane {
    position: relative;
    height: 12px;
    margin-top: 2px;
    background: var(--fb-track);
    border-radius: 4px;
  }
  .lane span {
    position: absolute;
    inset-block: 0;
    border-radius: 4px;
    background: var(--c);
  }
  .prices {
    position: relative;
    height: 40px;
    margin-top: 2px;
  }
  .prices span {
    position: absolute;
    bottom: 0;
    background: color-mix(in srgb, var(--fb-accent) 55%, transparent);
  }
  .events {
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
    font-size: 13px;
  }
  .events li {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .events i {
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: var(--fb-warn);
  }
  .events .blind,
  .events .escalated {
    background: var(--fb-bad);
  }
  .events .recovered {
    background: var(--fb-good);
  }
`;var $t=class extends b{constructor(){super();this.made=null;this.view=T,this.at=-1}static{this.properties={shown:{attribute:!1},now:{attribute:!1},say:{attribute:!1},language:{},zone:{},view:{state:!0},at:{state:!0}}}static{this.styles=[$,cs]}render(){let{say:n,view:s}=this,r=[T,...this.shown.phases.length>1?this.shown.phases:[]],a=this.chart(s),o=rs(a,this.limits()),i=as(this.limits(),o),{nowMs:l,hours:d,prices:p,loads:c}=this.shown,f=bn(l,d,p,c),w={fromMs:l-d*K,toMs:f,scale:o};return u`
      <div class="top">
        <h3>${n("today")}</h3>
        ${r.length>1?u`<div class="choices">
              ${r.map(k=>u`<button aria-pressed=${k===s?"true":"false"} @click=${()=>this.turn(k)}>
                  ${k===T?n("total"):k}
                </button>`)}
            </div>`:m}
      </div>
      ${this.readout(a,i)}
      ${ns([this.shown,s,this.at,n],()=>u`${this.picture(a,w,i)} ${ds({...this.shown,say:n,language:this.language,zone:this.zone},w)} ${this.happenings()}`)}
    `}chart(n){return(this.made?.of!==this.shown||this.made.view!==n)&&(this.made={of:this.shown,view:n,chart:vt(this.shown.looks,n)}),this.made.chart}turn(n){this.view=n,this.at=-1}limits(){let n=this.view===T?this.shown.targetW:this.shown.fuseA;return n===null?[]:[n]}unit(n){return this.view===T?S(n,this.language):R(n,this.language)}readout(n,s){let r=this.at<0?vt([this.now],this.view):n,a=this.at<0?0:Math.min(this.at,r.times.length-1),o=r.times[a];if(o===void 0)return u`<p class="readout dim">${this.say("no_history")}</p>`;let i=this.at<0?this.say("now"):G(o,this.language,this.zone),l=r.lines.find(p=>p.key==="grid")?.values[a]??null,d=r.layers.flatMap(p=>{let c=p.spans[a],f=c==null?0:c[1]-c[0];return f>0?[{layer:p,height:f}]:[]});return u`<p class="readout">
      <span>${i}</span><b>${this.say("grid")} ${this.unit(l)}</b>
      ${s.map(p=>u`<span><i class="limit"></i>${this.say(this.view===T?"target":"fuse")} ${this.unit(p)}</span>`)}
      ${d.map(({layer:p,height:c})=>u`<span><i style="background: ${p.colour}"></i>${p.title||this.say(p.key==="house"?"house":"battery")} ${this.unit(c)}</span>`)}
    </p>`}picture(n,s,r){let a=this.at<0?this.shown.nowMs:n.times[this.at]??this.shown.nowMs,{low:o,high:i}=s.scale,l=d=>100*(1-(d-o)/(i-o));return u`
      <div
        class="picture"
        role="slider"
        tabindex="0"
        aria-label="${this.say("today")}, ${this.view===T?this.say("total"):this.view}"
        aria-valuemin="0"
        aria-valuemax=${Math.max(n.times.length-1,0)}
        aria-valuenow=${this.at<0?Math.max(n.times.length-1,0):this.at}
        aria-valuetext=${G(a,this.language,this.zone)}
        @pointermove=${d=>this.point(d,n,s)}
        @pointerdown=${d=>this.point(d,n,s)}
        @pointerleave=${()=>{this.at=-1}}
        @keydown=${d=>this.key(d,n)}
      >
        <svg viewBox="0 0 ${ee} ${De}" preserveAspectRatio="none" aria-hidden="true">
          ${os(n,s,r)}
          ${I`<line class="cursor" x1=${C(s,a)} x2=${C(s,a)} y1="0" y2=${De} />`}
        </svg>
        ${s.scale.ticks.map(d=>u`<span class="y" style="top: ${l(d)}%">${this.tick(d)}${d===i?` ${this.view===T?"kW":"A"}`:""}</span>`)}
        ${this.shown.events.filter(d=>d.atMs>=s.fromMs).map(d=>u`<span class="mark ${d.kind}" style="left: ${C(s,d.atMs)/10}%" title=${d.message}></span>`)}
      </div>
      <div class="times" aria-hidden="true">${na(s).map(d=>u`<span style="left: ${C(s,d)/10}%">${G(d,this.language,this.zone)}</span>`)}</div>
    `}tick(n){let s=this.view===T?n/1e3:n;return _(s,Number.isInteger(s)?0:1,this.language)}point(n,s,r){let a=n.currentTarget.getBoundingClientRect(),o=r.fromMs+(n.clientX-a.left)/a.width*(r.toMs-r.fromMs),i=0;s.times.forEach((l,d)=>{Math.abs(l-o)<Math.abs((s.times[i]??0)-o)&&(i=d)}),this.at=i}key(n,s){let r={ArrowLeft:-1,ArrowRight:1}[n.key];if(r===void 0)return;n.preventDefault();let a=s.times.length-1,o=(this.at<0?a:this.at)+r;this.at=o>=a?-1:Math.max(o,0)}happenings(){return this.shown.events.length===0?m:u`<ul class="events">
      ${this.shown.events.slice(0,3).map(n=>{let s=n.load===""?"":`${n.load.replaceAll("_"," ")} `;return u`<li class="dim" title=${n.message}>
          <i class=${n.kind}></i>${G(n.atMs,this.language,this.zone)} ${s}${E(this.say,"event",n.kind)}:
          ${n.message}
        </li>`})}
    </ul>`}};function na(t){let e=Math.max(1,Math.ceil((t.toMs-t.fromMs)/K/6)),n=Math.ceil(t.fromMs/K)*K,s=[];for(let r=n;r<=t.toMs;r+=e*K)s.push(r);return s.filter(r=>C(t,r)>.04*ee&&C(t,r)<.97*ee)}x("fusebox-card-today",$t);var ps=g`
  .row {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr) 66px;
    gap: 10px;
    align-items: center;
    height: 40px;
  }
  .sub .row {
    height: 28px;
  }
  .phase {
    font-weight: 500;
  }
  .bar {
    position: relative;
    height: 22px;
  }
  .sub .bar {
    height: 12px;
  }
  .track,
  .bar span {
    position: absolute;
    inset-block: 0;
    transition:
      left 0.6s,
      width 0.6s;
  }
  .track {
    background: var(--fb-track);
    border-radius: 5px;
  }
  .segment {
    background: var(--c);
    box-shadow: inset -1px 0 var(--fb-card);
  }
  .bar .free {
    box-sizing: border-box;
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    padding-inline: 6px;
    overflow: hidden;
    font-size: 12px;
    line-height: 22px;
    white-space: nowrap;
    color: color-mix(in srgb, var(--fb-dim) 60%, var(--fb-text));
    transition: none;
  }
  /* Where the words do not fit beside this, they wrap to where they are not seen. */
  .bar .free::before {
    content: "";
    height: 22px;
    width: 4px;
  }
  .bar .own {
    inset-block: auto -4px;
    height: 3px;
    border-radius: 2px;
    background: var(--c);
  }
  .bar .export {
    background: var(--c), var(--fb-card);
  }
  .bar .fuse {
    width: 3px;
    margin-inline-start: -1.5px;
    inset-block: -4px;
    border-radius: 2px;
    background: var(--fb-text);
  }
  .bar .zero {
    width: 1px;
    inset-block: -3px;
    background: var(--fb-dim);
  }
  .bar .beyond {
    background: repeating-linear-gradient(-45deg, var(--fb-bad) 0 4px, transparent 4px 7px);
  }
  .over .fuse {
    background: var(--fb-bad);
  }
  .over .number b {
    color: var(--fb-bad);
  }
  .number b {
    font-size: 16px;
    font-weight: 500;
  }
  .number small {
    display: block;
    font-size: 12px;
    line-height: 1.2;
    color: var(--fb-dim);
  }
  .sub .number b {
    font-size: 14px;
  }
  h3 {
    margin-top: 6px;
    font-size: 13px;
  }
  .axis {
    position: relative;
    height: 16px;
    font-size: 11.5px;
    color: var(--fb-dim);
  }
  .axis span {
    position: absolute;
    transform: translateX(-50%);
    white-space: nowrap;
    --mdc-icon-size: 14px;
  }
  .scale {
    height: 16px;
  }
`;var kt={sun:{icon:"mdi:white-balance-sunny",colour:j},battery:{icon:"mdi:battery-medium",colour:se}},At=class extends b{static{this.properties={wires:{attribute:!1},axis:{attribute:!1},say:{attribute:!1},language:{},voltage:{type:Number},own:{}}}static{this.styles=[$,ps]}render(){return u`${this.wires.map(e=>this.wire(e))}`}wire(e){let n=e.name==="main",s=`${_(e.fuseA,e.fuseA%1===0?0:1,this.language)} A`;return u`<section class=${n?"main":"sub"}>
      ${n?m:u`<h3>${e.name.replaceAll("_"," ")} <span class="dim">${s}</span></h3>`}
      ${e.bars.map(r=>this.bar(r,n))}
      ${n?this.scale(e.fuseA,s):m}
    </section>`}bar(e,n){return u`<div class="row ${e.over?"over":""}">
      <span class="phase">${e.phase}</span>
      <div class="bar" role="img" aria-label=${this.told(e)}>
        <div class="track" style=${this.place(Math.max(this.axis.leftA,-e.fuseA),e.fuseA)}></div>
        ${n?this.free(e):m}
        ${e.segments.map(s=>u`<span
            class="segment"
            title="${this.called(s)} ${R(s.toA-s.fromA,this.language)}"
            style="--c: ${s.colour}; ${this.place(s.fromA,s.toA)}"
          ></span>`)}
        ${this.made(e)} ${e.beyondA===null?m:u`<span class="beyond" style=${this.place(...e.beyondA)}></span>`}
        ${this.axis.leftA<0?u`<span class="zero" style="left: ${this.percent(0)}%"></span>`:m}
        ${this.axis.leftA<=-e.fuseA?u`<span class="fuse" style="left: ${this.percent(-e.fuseA)}%"></span>`:m}
        <span class="fuse" style="left: ${this.percent(e.fuseA)}%"></span>
      </div>
      <span class="number">
        <b>${R(e.flowA,this.language)}</b>
        ${n?u`<small>${S(e.flowA===null?null:e.flowA*this.voltage,this.language)}</small>`:m}
      </span>
    </div>`}free({flowA:e,freeA:n,fuseA:s,over:r}){if(e===null||n===null||r)return m;let a=`${_(n,0,this.language)} A ${this.say("free")}`;return u`<span class="free" style=${this.place(Math.max(e,0),s)}>${a}</span>`}made({ownA:e,exportA:n}){if(e<he)return m;let{colour:s}=kt[this.own],r=`${this.say("export")} ${R(n,this.language)}`;return u`
      ${n<he?m:u`<span class="export" title=${r} style="--c: ${Te(ne)}; ${this.place(-n,0)}"></span>`}
      <span class="own" style="--c: ${s}; ${this.place(-e,0)}"></span>
    `}scale(e,n){return u`<div class="row scale" aria-hidden="true">
      <span></span>
      <div class="axis">
        ${this.axis.leftA<0?u`<span style="left: ${this.percent(this.axis.leftA/2)}%; color: ${kt[this.own].colour}"><ha-icon icon=${kt[this.own].icon}></ha-icon></span>
              <span style="left: ${this.percent(0)}%">0</span>`:m}
        <span style="left: ${this.percent(e)}%">${n}</span>
      </div>
    </div>`}percent(e){let{leftA:n,rightA:s}=this.axis;return Math.round(1e4*(Math.min(Math.max(e,n),s)-n)/(s-n))/100}place(e,n){let s=this.percent(e);return`left: ${s}%; width: ${(this.percent(n)-s).toFixed(2)}%`}called(e){return e.title||this.say(e.key==="battery"?"battery":"house")}told(e){let{say:n,language:s}=this,r=e.segments.map(i=>`${this.called(i)} ${R(i.toA-i.fromA,s)}`),a=e.exportA<he?"":`${n("export")} ${R(e.exportA,s)}`,o=e.freeA===null?"":`${R(Math.abs(e.freeA),s)} ${n(e.freeA<0?"over":"free")}`;return[`${e.phase} ${R(e.flowA,s)} ${n("of_fuse",R(e.fuseA,s))}`,...r,a,o].filter(i=>i!=="").join(", ")}};x("fusebox-card-wire",At);var sa=new Set(["limited","shed","blind","recovered","escalated"]);async function ms(t,e){try{let n=await t.callWS({type:"logbook/get_events",start_time:new Date(e).toISOString(),entity_ids:[H]});return ra(n)}catch{return[]}}function ra(t){return t.flatMap(({when:n,name:s="",message:r=""})=>{let[a=""]=r.split(":",1);if(n===void 0||!sa.has(a))return[];let o=s.replace(/^Fusebox ?/,"");return[{atMs:n*1e3,kind:a,load:o==="site"?"":o,message:r.slice(a.length+1).trim()}]}).sort((n,s)=>s.atMs-n.atMs)}var hs=72;function St(t,e){let n=e*36e5/hs,s=Math.floor(t/n)*n;return Array.from({length:hs},(r,a)=>s-a*n)}async function fs(t,e,n){let s=await t.callWS({type:"history/history_during_period",start_time:new Date(e).toISOString(),end_time:new Date(e+1).toISOString(),entity_ids:[H,...n],significant_changes_only:!1});return aa(s,e,n)}function aa(t,e,n){let s={};for(let[r,a]of Object.entries(t)){let o=a[0];o!==void 0&&(s[r]={entity_id:r,state:o.s,attributes:o.a??{},last_changed:""})}return s[H]===void 0?null:Mt(s,e,n)}function Mt(t,e,n){let s=Ce(t),r=n.flatMap((a,o)=>{let i=t[a];return i===void 0?[]:[Ne(i,s,o,t)]});return{atMs:e,site:s,loads:r}}var _e=new Map,Ot=4,oa=1e3;function gs(t,e,n){return St(e,n).map(s=>_e.get(Et(t,s))).filter(s=>s!=null).reverse()}async function ys(t,e,n,s,r){let a=St(n,s).filter(o=>!_e.has(Et(e,o)));_e.size>oa&&_e.clear();for(let o=0;o<a.length;o+=Ot){let i=a.slice(o,o+Ot);try{let l=await Promise.all(i.map(d=>fs(t,d,e)));i.forEach((d,p)=>_e.set(Et(e,d),l[p]??null))}catch{return!1}o%(Ot*6)===0&&r()}return a.length>0&&r(),!0}function Et(t,e){return`${t.join(" ")} ${e}`}var ia=1e4,la=6e4,Ke=class{constructor(e){this.host=e;this.past=[];this.events=[];this.last=null;this.asked={atMs:0,hours:0};this.asking=!1}shown(e,n,s){let r=Date.now();if(this.ask(e,n,s,r),this.last===null||this.last.hours!==s||r-this.last.nowMs>ia){let{site:a,loads:o,tariff:i}=e;this.last={looks:[...this.past,Mt(n.states,r,a.loads)],loads:o,events:this.events,prices:wn(n.states),priceUnit:e.priceUnit,phases:a.phases,targetW:i?.targetKw==null?null:i.targetKw*1e3,fuseA:a.fuseA,hours:s,nowMs:r}}return this.last}async ask({site:e},n,s,r){let a=r-this.asked.atMs<la&&this.asked.hours===s;if(this.asking||a)return;this.asking=!0,this.asked={atMs:r,hours:s};let o=()=>{this.past=gs(e.loads,r,s),this.last=null,this.host.requestUpdate()};this.events=await ms(n,r-s*36e5),await ys(n,e.loads,r,s,o),this.asking=!1,o()}};var da=3,ua=6,Rt=class extends b{constructor(){super();this.seen={link:"whole",startingMs:0};this.lostMs=null;this.axis=null;this.asking=new Ee(this);this.source=new Ke(this);this.house=null,this.age=null}static{this.properties={config:{state:!0},house:{state:!0},link:{state:!0},age:{state:!0}}}static{this.styles=[$,Pn]}setConfig(n){let{hours:s}=n;if(s!==void 0&&!(s>=1&&s<=48))throw new Error(`hours: ${s} is not from 1 to 48`);this.config=n}set hass(n){this.current=n,this.house=On(n.states,this.house),this.lookAtLink(),this.asking.settle()}static getConfigForm(){return Dn(bs())}static getStubConfig(){return{}}getCardSize(){return 12}getGridOptions(){return{columns:"full",min_columns:6}}connectedCallback(){super.connectedCallback(),this.timer=setInterval(()=>{this.asking.settle(),this.lookAtLink()},1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.timer)}render(){let{house:n,current:s}=this;if(n===null||s===void 0)return m;let{site:r,loads:a}=n,o=ge(s.language),i=st(s),l=Tn(r,a);return this.axis=Hn(l,this.axis),u`<ha-card>
      <div class="parts ${this.link} ${this.age===null?"":`old-${this.age.of}`}">
        <section class="wire">
          <fusebox-card-head .site=${r} .say=${o} .language=${i} .heading=${this.config.title??""} .link=${this.link} .age=${this.age}></fusebox-card-head>
          ${r.phases.length===0?m:u`<fusebox-card-flow .site=${r} .flow=${Pe(r,a)} .say=${o} .language=${i}></fusebox-card-flow>
                <fusebox-card-wire
                  .wires=${l}
                  .axis=${this.axis}
                  .say=${o}
                  .language=${i}
                  .voltage=${r.voltageV}
                  .own=${mn(r)}
                ></fusebox-card-wire>`}
          ${n.tariff===null?m:u`<fusebox-card-tariff .tariff=${n.tariff} .say=${o} .language=${i}></fusebox-card-tariff>`}
        </section>
        ${r.state==="missing"?m:u`<section class="loads">${this.loads(n,o,i)}</section>`}
        ${this.config.hide_today===!0||r.phases.length===0?m:u`<section class="today">${this.today(n,s,o)}</section>`}
      </div>
      ${cn(r,"1.0.0")?u`<footer>${o("versions","1.0.0",r.version)}</footer>`:m}
    </ha-card>`}loads({loads:n,groups:s,priceUnit:r},a,o){let i=this.config.controls??"auto",l=i==="always"||i==="auto"&&n.length<=da;return u`
      ${n.map(d=>u`<fusebox-card-load
          .load=${d}
          .asks=${this.asking.asks}
          .priceUnit=${r}
          .say=${a}
          .language=${o}
          .pinned=${l}
        ></fusebox-card-load>`)}
      ${n.length===0?u`<p class="dim">${a("no_loads")}</p>`:m}
      ${s.map(d=>u`<fusebox-card-radiators .group=${d} .say=${a}></fusebox-card-radiators>`)}
    `}today(n,s,r){return u`<fusebox-card-today
      .now=${{atMs:Date.now(),site:n.site,loads:n.loads}}
      .shown=${this.source.shown(n,s,this.config.hours??ua)}
      .say=${r}
      .language=${st(s)}
      .zone=${s.config?.time_zone}
    ></fusebox-card-today>`}lookAtLink(){this.current!==void 0&&(this.seen=rn(this.current,this.seen,Date.now()),this.link=this.seen.link,this.lostMs=this.link==="unreachable"?this.lostMs??Date.now():null,this.age=dn(this.age,ln(this.current.states[H],this.link,this.lostMs,Date.now())))}};function bs(){return document.documentElement.lang||"en"}x("fusebox-card",Rt);Gn();var ca=window.customCards??=[],_s=ge(bs());ca.push({type:"fusebox-card",name:_s("name"),description:_s("description"),preview:!0});export{Rt as FuseboxCard};
